import type { ChallengeKind, Verification } from '../../challenges/challenge.entity.js';
import type { SubmissionProofInput } from '../../challenges/submission.proof.js';
import type { Dice } from './dice.js';

/** A challenge of the demo program, and how its ambassadors take to it. */
export interface DemoChallenge {
  readonly kind: ChallengeKind;
  readonly title: string;
  readonly description: string;
  readonly rewardPoints: number;
  readonly verification: Verification;
  readonly maxPerAmbassador: number | null;
  /** How often it is chosen beside the others. */
  readonly appeal: number;
  /** The days of the year on which it is open; all of them if left out. */
  readonly days?: readonly [from: number, to: number];
  /** Where only so many can take part. */
  readonly seats?: number;
  /** Where proof is a form: what it asks. */
  readonly form?: Record<string, unknown>;
}

/** One of each kind there is, and a second of those that are liked best. */
export const demoChallenges: readonly DemoChallenge[] = [
  {
    kind: 'REVIEW',
    title: 'Review us on Trustpilot',
    description: 'Say what works and what does not. The points are the same for every number of stars.',
    rewardPoints: 100,
    verification: 'MANUAL',
    maxPerAmbassador: 1,
    appeal: 9,
  },
  {
    kind: 'REVIEW',
    title: 'Review us on Capterra',
    description: 'Software buyers read this one. Mention your trade and the size of your team.',
    rewardPoints: 100,
    verification: 'MANUAL',
    maxPerAmbassador: 1,
    appeal: 5,
  },
  {
    kind: 'QUOTE',
    title: 'Give us a quote for the website',
    description: 'Two or three sentences that we may publish with your name and company.',
    rewardPoints: 60,
    verification: 'MANUAL',
    maxPerAmbassador: 2,
    appeal: 6,
  },
  {
    kind: 'REFERRAL',
    title: 'Know a company that plans on paper?',
    description: 'Tell us who would benefit. We ask you before we call.',
    rewardPoints: 150,
    verification: 'INTEGRATION',
    maxPerAmbassador: null,
    appeal: 4,
  },
  {
    kind: 'RECOMMENDATION',
    title: 'Be a reference for a day',
    description: 'A future customer rings you for a quarter of an hour.',
    rewardPoints: 120,
    verification: 'MANUAL',
    maxPerAmbassador: 3,
    appeal: 3,
  },
  {
    kind: 'VOTE',
    title: 'Vote for us: Service Software of the Year',
    description: 'Cast your vote with the trade magazine and send us the page that thanks you.',
    rewardPoints: 20,
    verification: 'AUTOMATIC',
    maxPerAmbassador: 1,
    appeal: 12,
    days: [120, 240],
  },
  {
    kind: 'BLOG_POST',
    title: 'Write a guest blog',
    description: 'How do you plan a week with sick leave, snow and a broken lift? 600 words or more.',
    rewardPoints: 250,
    verification: 'MANUAL',
    maxPerAmbassador: 2,
    appeal: 1.2,
  },
  {
    kind: 'TRIAL',
    title: 'Try the stock module for two weeks',
    description: 'Count the vans, order from the app, and tell us where you got stuck.',
    rewardPoints: 75,
    verification: 'MANUAL',
    maxPerAmbassador: 1,
    appeal: 4,
  },
  {
    kind: 'IDEA',
    title: 'What should we build next?',
    description: 'One idea at a time. Others can vote for it, and we build the best one each quarter.',
    rewardPoints: 40,
    verification: 'MANUAL',
    maxPerAmbassador: null,
    appeal: 14,
  },
  {
    kind: 'SERVICE_FEEDBACK',
    title: 'How was our help desk?',
    description: 'After a call or a chat: what could we have done better?',
    rewardPoints: 30,
    verification: 'AUTOMATIC',
    maxPerAmbassador: null,
    appeal: 14,
  },
  {
    kind: 'EVENT_FEEDBACK',
    title: 'You were at the user day: how was it?',
    description: 'What will you do differently on Monday, and what should we leave out next year?',
    rewardPoints: 50,
    verification: 'AUTOMATIC',
    maxPerAmbassador: 1,
    appeal: 10,
    days: [200, 290],
  },
  {
    kind: 'BETA_PROGRAM',
    title: 'Join the beta of the new app',
    description: 'A month with a version that is not out yet. We want to hear about every hiccup.',
    rewardPoints: 150,
    seats: 10,
    verification: 'MANUAL',
    maxPerAmbassador: 1,
    appeal: 3,
  },
  {
    kind: 'SOCIAL_SHARE',
    title: 'Share a photo of your team at work',
    description: 'On LinkedIn or Instagram, with or without our stickers on the van.',
    rewardPoints: 25,
    verification: 'AUTOMATIC',
    maxPerAmbassador: null,
    appeal: 16,
  },
  {
    kind: 'CASE_STUDY',
    title: 'Tell your whole story',
    description: 'We visit for a morning, write it down with you, and nothing goes out before you agree.',
    rewardPoints: 400,
    verification: 'MANUAL',
    maxPerAmbassador: 1,
    appeal: 0.8,
  },
  {
    kind: 'NEWSLETTER_MENTION',
    title: 'Mention us in your newsletter',
    description: 'A line to your own customers about how you plan their visits now.',
    rewardPoints: 60,
    verification: 'MANUAL',
    maxPerAmbassador: 4,
    appeal: 3,
  },
  {
    kind: 'CUSTOM',
    title: 'Name our new planning assistant',
    description: 'Short, easy to say in four languages, and not a bird: the office has a bird already.',
    rewardPoints: 35,
    verification: 'MANUAL',
    maxPerAmbassador: 3,
    appeal: 5,
    days: [300, 420],
    form: {
      type: 'object',
      required: ['name'],
      additionalProperties: false,
      properties: {
        name: { type: 'string', title: 'The name', minLength: 2, maxLength: 30 },
        why: { type: 'string', title: 'Why this one?', maxLength: 500 },
      },
    },
  },
];

const answers: Readonly<Partial<Record<ChallengeKind, readonly string[]>>> = {
  REFERRAL: ['A lift company two streets from us, eleven engineers.', 'My former employer; they still fax.'],
  RECOMMENDATION: ['Happy to. Tuesdays after four are best.', 'Yes, in German or Dutch.'],
  TRIAL: ['Counted six vans in a day. Ordering from the app failed once, without signal.', 'Two weeks in: we keep it.'],
  IDEA: [
    'Show the weather on the planning board.',
    'Let a customer move an appointment within a window that we set.',
    'A button for: I am stuck in traffic.',
    'Repeat a job every third Tuesday, not only every month.',
    'Warn me when a certificate of an engineer is about to expire.',
    'Let me colour jobs by contract.',
    'Plan two engineers who share one van.',
  ],
  SERVICE_FEEDBACK: [
    'Friendly and quick. The follow-up mail came a day late.',
    'Solved in one call.',
    'The chat asked me the same question three times.',
    'Please keep the telephone line, also when the chat gets better.',
  ],
  EVENT_FEEDBACK: ['The workshop on routes was worth the drive.', 'More time at the round tables, fewer slides.'],
  BETA_PROGRAM: ['In. We run it on two phones, an old one and a new one.', 'Count us in; our planner finds every bug.'],
  CUSTOM: ['Loes', 'Ploeg', 'Kompas', 'Taktik', 'Ruby'],
};
const reasons = [
  'Short, and easy to say.',
  'Our engineers call it that already.',
  'It sounds like somebody who helps.',
];
const quotes = [
  'We plan forty visits a day with one person less in the office.',
  'The first software that our engineers asked for more of.',
  'The van has what the job needs. That used to be luck.',
  'On Monday mornings the telephone is quiet now.',
  'We found two hours a day that we did not know we had.',
  'Our customers know when we come, and we do come.',
  'It took a week to learn and a day to love.',
  'Sick leave is a drag and drop, not a drama.',
  'I plan from the train, and the van is there before me.',
  'Help desk people who know what a lift shaft looks like.',
  'We hired a third team without hiring a second planner.',
  'The report is written before the engineer is back.',
];

const reviewPlatforms = [
  ['Trustpilot', 'trustpilot.com'],
  ['Capterra', 'capterra.nl'],
] as const;

/** A proof of the kind that the challenge takes. */
export function proofOf(kind: ChallengeKind, displayName: string, dice: Dice): SubmissionProofInput {
  const page = `https://example.com/${kind.toLowerCase().replace('_', '-')}/${dice.between(1_000, 9_999)}`;
  if (kind === 'REVIEW') {
    const [platform, domain] = dice.pick(reviewPlatforms);
    const url = `https://www.${domain}/reviews/${dice.between(10_000, 99_999)}`;
    return { review: { platform, url, rating: dice.between(1, 5) } };
  }
  if (kind === 'QUOTE') return { quote: { text: dice.pick(quotes), attribution: displayName, consentToPublish: true } };
  const texts = answers[kind];
  if (kind === 'CUSTOM') return { form: { values: { name: dice.pick(texts ?? []), why: dice.pick(reasons) } } };
  return texts ? { answer: { text: dice.pick(texts) } } : { link: { url: page } };
}
