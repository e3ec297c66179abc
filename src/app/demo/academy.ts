import type { SegmentCreateInput } from '../../audience/segment.inputs.js';
import type { Challenge } from '../../challenges/challenge.entity.js';
import type { ChallengeCreateInput } from '../../challenges/challenge.inputs.js';
import { type Calendar, daysOfYear } from './calendar.js';
import type { DemoAmbassador } from './people.js';
import { granted, type Plan, type Stage } from './stage.js';

const morningMinute = 8 * 60 + 30;
/** Every third ambassador follows the lessons, one a week; some come too late for the last. */
const studentEvery = 3;
/** Every fourth spins the wheel, three times at most. */
const spinnerEvery = 4;
const spinsMax = 3;
const daysBetween = 8;
const bonusWeekends = [
  { from: 300, name: 'Double points weekend' },
  { from: daysOfYear + 9, name: 'Double points weekend, once more' },
] as const;

const usual = { description: '', verification: 'AUTOMATIC', maxPerAmbassador: 1, pendingDays: 0 } as const;

const lessons: readonly ChallengeCreateInput[] = [
  'Lesson 1: a week that holds when somebody is ill',
  'Lesson 2: routes that save an hour a day',
  'Lesson 3: reports that your customer reads',
].map((title) => ({
  ...usual,
  kind: 'TRIAL',
  title,
  rewardPoints: 20,
  description: 'Watch it, try it, say how it went.',
}));

/** Pays little for certain, and now and then a lot. */
const wheel: ChallengeCreateInput = {
  ...usual,
  kind: 'SOCIAL_SHARE',
  title: 'Spin the wheel: show us your van',
  description: 'A photo, once a week. Every one pays 5 points; one of twenty pays 200 more.',
  rewardPoints: 5,
  maxPerAmbassador: null,
  windowLimit: { window: 'WEEK', times: 1 },
  budgetPoints: 20_000,
  odds: [
    { points: 0, weight: 70 },
    { points: 20, weight: 25 },
    { points: 200, weight: 5 },
  ],
};

/** For who has come far, and in steps. */
const mentor: ChallengeCreateInput = {
  ...usual,
  kind: 'RECOMMENDATION',
  title: 'Become a mentor',
  description: 'Two new customers look up to somebody who has done it before.',
  verification: 'MANUAL',
  rewardPoints: 300,
  stages: [
    { title: 'Meet your first pupil', rewardPoints: 50 },
    { title: 'Plan a week together', rewardPoints: 100 },
    { title: 'Let them plan alone', rewardPoints: 150 },
  ],
  audience: { all: [{ segment: 'promoters' }, { levelAtLeast: 2 }] },
};

const segments: readonly SegmentCreateInput[] = [
  { key: 'promoters', name: 'Promoters', description: '', rule: { npsBands: ['PROMOTER'] } },
  {
    key: 'big-in-the-low-countries',
    name: 'Big customers in the Low Countries',
    description: 'Who could have us over for a morning.',
    rule: {
      all: [{ attribute: { name: 'market', anyOf: ['NL', 'BE'] } }, { attribute: { name: 'size', atLeast: 60 } }],
    },
  },
];

/** The academy, the wheel and the mentors, whom they are meant for, and who takes part. */
export async function planAcademy(plan: Plan): Promise<void> {
  const { stage, calendar, ambassadors } = plan;
  const { challenges, segments: saved, tracks, badges } = stage.features;
  const admin = () => stage.as('ADMIN', 'admin');
  for (const segment of segments) granted(await saved.create(admin(), segment));
  const made: Challenge[] = [];
  for (const lesson of lessons) made.push(granted(await challenges.create(admin(), lesson)));
  const academy = { key: 'academy', title: 'The planner’s academy', description: 'Three lessons, and a certificate.' };
  granted(await tracks.create(admin(), { ...academy, challengeIds: made.map((each) => each.globalId()) }));
  const rule = { completedTrack: 'academy' };
  const certificate = { code: 'graduate', name: 'Graduate', description: 'Finished the academy.', rule };
  granted(await badges.create(admin(), certificate));
  const spins = granted(await challenges.create(admin(), wheel));
  granted(await challenges.create(admin(), mentor));
  await announceBonuses(stage, calendar);
  for (const [index, ambassador] of ambassadors.entries()) {
    const first = ambassador.joinsOn + 2 + (index % daysBetween);
    const follows = index % studentEvery === 0 ? made : [];
    for (const [week, lesson] of follows.entries()) planAnswer(plan, ambassador, lesson, first + week * daysBetween);
    if (index % spinnerEvery !== 0) continue;
    for (let spin = 0; spin < spinsMax; spin++) planAnswer(plan, ambassador, spins, first + 1 + spin * daysBetween);
  }
}

async function announceBonuses(stage: Stage, calendar: Calendar): Promise<void> {
  for (const { from, name } of bonusWeekends) {
    const [startsAt, endsAt] = [calendar.at(from, 0), calendar.at(from + 2, 0)];
    const weekend = { name, multiplierPercent: 200, startsAt, endsAt };
    granted(await stage.features.bonuses.create(stage.as('ADMIN', 'admin'), weekend));
  }
}

function planAnswer(
  { stage, calendar, joined }: Plan,
  { contact }: DemoAmbassador,
  challenge: Challenge,
  day: number,
): void {
  if (day >= daysOfYear) return;
  calendar.plan(day, morningMinute, async () => {
    const ambassadorId = joined.get(contact.externalId);
    if (!ambassadorId) throw new Error(`${contact.externalId} has not joined yet`);
    const page = { link: { url: `https://example.com/vans/${contact.externalId}/${day}` } };
    const proof = challenge.kind === 'TRIAL' ? { answer: { text: 'Tried it on Monday, and it held.' } } : page;
    const input = { challengeId: challenge.globalId(), proof };
    granted(await stage.features.submissions.submit(stage.asAmbassador(contact.externalId, ambassadorId), input));
  });
}
