import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Entity } from 'typeorm';
import { ChallengeKind } from '../challenges/challenge.entity.js';
import { IdColumn, Stored } from '../platform/database/columns.js';
import { EvidenceKind, type WeighedKind } from './gate.js';

/** How much one kind of evidence counts. */
export interface Weighing {
  /** In hundredths, so that sums are exact on every database. */
  readonly weightHundredths: number;
  /** More of it than this adds nothing; null for no limit. */
  readonly countMax: number | null;
}

/** All that decides who is a superpromoter. */
export interface SuperpromoterSettings {
  readonly windowDays: number;
  /** Null for the survey's promoters. */
  readonly enthusiasticFromScore: number | null;
  readonly sharesFromHundredths: number;
  readonly influencesFromHundredths: number;
  readonly sharingKinds: readonly ChallengeKind[];
  readonly weighings: Readonly<Record<WeighedKind, Weighing>>;
}

/**
 * What every program starts with; both metrics count people. What somebody says of themselves counts half of what is
 * seen, since people remember their good deeds better than others do; a click is one who looked, and not yet one who
 * was convinced; no single source can carry a gate by its mass alone.
 */
export const defaultSettings: SuperpromoterSettings = {
  windowDays: 365,
  enthusiasticFromScore: null,
  sharesFromHundredths: 300,
  influencesFromHundredths: 100,
  sharingKinds: ['SOCIAL_SHARE', 'REVIEW', 'BLOG_POST', 'NEWSLETTER_MENTION', 'CASE_STUDY'],
  weighings: {
    STATED_TOLD: { weightHundredths: 50, countMax: 10 },
    LINK_CLICKS: { weightHundredths: 10, countMax: 50 },
    SHARING_SUBMISSIONS: { weightHundredths: 100, countMax: 10 },
    FRIENDS_REGISTERED: { weightHundredths: 100, countMax: null },
    NOMINATED_TOLD: { weightHundredths: 100, countMax: 20 },
    STATED_FOLLOWED: { weightHundredths: 50, countMax: 10 },
    FRIENDS_WAITING: { weightHundredths: 25, countMax: 4 },
    FRIENDS_CONVERTED: { weightHundredths: 100, countMax: null },
    NOMINATED_FOLLOWED: { weightHundredths: 100, countMax: 20 },
  },
};

/** What a program changed of them; no row while nothing was. */
@Entity('superpromoter_terms')
export class SuperpromoterTermsRow {
  @IdColumn('program_id')
  readonly programId: string;

  @Stored('json', 'settings')
  readonly settings: SuperpromoterSettings;
}

@ObjectType({ description: 'How much one kind of evidence counts.' })
export class EvidenceWeight {
  @Field(() => EvidenceKind, { description: 'The kind of evidence.' })
  readonly kind: EvidenceKind;

  @Field(() => Float, { description: 'How much one of it adds to the value at its gate.' })
  readonly weight: number;

  @Field(() => Int, { nullable: true, description: 'More of it than this adds nothing; null for no limit.' })
  readonly countMax: number | null;
}

@ObjectType({
  description:
    'How a program tells its superpromoters: our own operationalisation of SSM and IFM, every weight and threshold of which can be changed. The value at a gate is the sum, over its kinds of evidence within the window, of how many there are, at most countMax, times their weight.',
})
export class SuperpromoterTerms {
  @Field(() => Int, { description: 'How many days back evidence counts.' })
  readonly windowDays: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'The last score from which somebody is enthusiastic; null for the promoters by the scheme of the survey.',
  })
  readonly enthusiasticFromScore: number | null;

  @Field(() => Float, { description: 'The SSM from which somebody shares.' })
  readonly sharesFrom: number;

  @Field(() => Float, { description: 'The IFM from which somebody influences.' })
  readonly influencesFrom: number;

  @Field(() => [ChallengeKind], { description: 'Approved submissions to challenges of these kinds count as sharing.' })
  readonly sharingKinds: readonly ChallengeKind[];

  @Field(() => [EvidenceWeight], { description: 'How much each kind of evidence counts.' })
  readonly weights: readonly EvidenceWeight[];

  constructor(settings: SuperpromoterSettings) {
    this.windowDays = settings.windowDays;
    this.enthusiasticFromScore = settings.enthusiasticFromScore;
    this.sharesFrom = settings.sharesFromHundredths / 100;
    this.influencesFrom = settings.influencesFromHundredths / 100;
    this.sharingKinds = settings.sharingKinds;
    this.weights = Object.entries(settings.weighings).map(([kind, { weightHundredths, countMax }]) =>
      Object.assign(new EvidenceWeight(), { kind, weight: weightHundredths / 100, countMax }),
    );
  }
}
