import { graphqlEnum } from '../platform/graphql/enums.js';

export const SuperpromoterGateKey = graphqlEnum(
  'SuperpromoterGateKey',
  'The three gates of a superpromoter, after Vogelaar (The Superpromoter, 2011): enthusiastic, tells others, and they follow. How they are measured is our own operationalisation.',
  {
    ENTHUSIASTIC: 'Gave a high score: the last NPS answer.',
    SHARES: 'Really tells others: the social sharing metric (SSM).',
    INFLUENCES: 'The others follow: the influence metric (IFM).',
  },
);
export type SuperpromoterGateKey = keyof typeof SuperpromoterGateKey;
export const everyGate: readonly SuperpromoterGateKey[] = ['ENTHUSIASTIC', 'SHARES', 'INFLUENCES'];

export const EvidenceSource = graphqlEnum('EvidenceSource', 'How something is known of an ambassador.', {
  STATED: 'The ambassador said so, in a survey.',
  OBSERVED: 'Links, challenges and orders show it.',
  NOMINATED: 'Staff saw it, and noted it by hand.',
});
export type EvidenceSource = keyof typeof EvidenceSource;

export const EvidenceKind = graphqlEnum('EvidenceKind', 'What speaks for an ambassador at a gate.', {
  SCORE: 'The last score that it gave; for ENTHUSIASTIC.',
  STATED_TOLD: 'How many people it told, as it said last; for SHARES.',
  LINK_CLICKS: 'How often its link was followed; for SHARES.',
  SHARING_SUBMISSIONS: 'Approved submissions to challenges of the kinds that count as sharing; for SHARES.',
  FRIENDS_REGISTERED: 'Friends who named it when they registered; for SHARES.',
  NOMINATED_TOLD: 'How many people staff saw it tell; for SHARES.',
  STATED_FOLLOWED: 'How many of them became customers, as it said last; for INFLUENCES.',
  FRIENDS_WAITING: 'Friends who registered and have not bought yet; for INFLUENCES.',
  FRIENDS_CONVERTED: 'Friends who became customers, and whose order stands; for INFLUENCES.',
  NOMINATED_FOLLOWED: 'How many people staff saw follow it; for INFLUENCES.',
});
export type EvidenceKind = keyof typeof EvidenceKind;

/** Evidence that is weighed: all but the score, which is compared as it is. */
export type WeighedKind = Exclude<EvidenceKind, 'SCORE'>;

interface KindOfEvidence {
  readonly gate: Exclude<SuperpromoterGateKey, 'ENTHUSIASTIC'>;
  readonly source: EvidenceSource;
}

/** Which gate each weighed kind speaks for, and how it is known. In the order in which it is shown. */
export const weighedKinds: Readonly<Record<WeighedKind, KindOfEvidence>> = {
  STATED_TOLD: { gate: 'SHARES', source: 'STATED' },
  LINK_CLICKS: { gate: 'SHARES', source: 'OBSERVED' },
  SHARING_SUBMISSIONS: { gate: 'SHARES', source: 'OBSERVED' },
  FRIENDS_REGISTERED: { gate: 'SHARES', source: 'OBSERVED' },
  NOMINATED_TOLD: { gate: 'SHARES', source: 'NOMINATED' },
  STATED_FOLLOWED: { gate: 'INFLUENCES', source: 'STATED' },
  FRIENDS_WAITING: { gate: 'INFLUENCES', source: 'OBSERVED' },
  FRIENDS_CONVERTED: { gate: 'INFLUENCES', source: 'OBSERVED' },
  NOMINATED_FOLLOWED: { gate: 'INFLUENCES', source: 'NOMINATED' },
};

export const everyWeighedKind = Object.keys(weighedKinds) as readonly WeighedKind[];
