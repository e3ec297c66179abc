import type { Challenge } from '../../challenges/challenge.entity.js';
import { type Calendar, daysOfYear } from './calendar.js';
import type { DemoAmbassador } from './people.js';
import { granted, type Plan, type Stage } from './stage.js';

/** The season of the demo program: announced some days before, over long enough to have been paid. */
const season = { announced: 200, from: 210, to: 300 };
const tipMinute = 11 * 60;
/** As many readers as it takes to approve a tip. */
const peersNeeded = 3;
const tipDays = [140, 190, 240, 290, daysOfYear - 2];

/** Plans a season with a board of its own, levels that lapse, and tips that ambassadors approve among themselves. */
export function planSeason(plan: Plan): void {
  const { stage, calendar } = plan;
  calendar.plan(season.announced, 9 * 60, () => announceSeason(stage, calendar));
  calendar.plan(0, 3, async () => {
    const policy = { months: 12, graceDays: 30 };
    await stage.features.levels.setPolicy(stage.as('ADMIN', 'admin'), policy);
  });
  planTips(plan);
}

async function announceSeason(stage: Stage, calendar: Calendar): Promise<void> {
  const board = {
    key: 'autumn',
    name: 'The autumn season',
    window: 'SEASON',
    from: calendar.at(season.from, 0),
    to: calendar.at(season.to, 0),
    seasonPrizes: [
      { fromPosition: 1, toPosition: 1, points: 250 },
      { fromPosition: 2, toPosition: 3, points: 100 },
    ],
  } as const;
  granted(await stage.features.boards.create(stage.as('ADMIN', 'admin'), board));
}

/** Anybody may share a tip; it counts as soon as three others find it useful. */
function planTips({ stage, calendar, ambassadors, joined }: Plan): void {
  let tips: Challenge | undefined;
  calendar.plan(tipDays[0] ?? 0, 8 * 60, async () => {
    const challenge = {
      kind: 'CUSTOM',
      title: 'Share a tip with the others',
      description: 'What saves you time each week? It counts as soon as three others find it useful.',
      rewardPoints: 30,
      verification: 'PEERS',
      peersNeeded,
      maxPerAmbassador: null,
      pendingDays: 0,
    } as const;
    tips = granted(await stage.features.challenges.create(stage.as('ADMIN', 'admin'), challenge));
  });
  const asAmbassador = ({ contact }: DemoAmbassador) =>
    stage.asAmbassador(contact.externalId, joined.get(contact.externalId) ?? '');
  for (const [index, day] of tipDays.entries()) {
    const [author, ...readers] = ambassadors.filter(({ joinsOn }) => joinsOn < day).slice(index);
    if (!author) continue;
    calendar.plan(day, tipMinute, async () => {
      const proof = { answer: { text: 'Plan the lifts first: everything else moves, they do not.' } };
      const input = { challengeId: tips?.globalId() ?? '', proof };
      const { submission } = granted(await stage.features.submissions.submit(asAmbassador(author), input));
      for (const reader of readers.slice(0, peersNeeded - (day === tipDays.at(-1) ? 1 : 0))) {
        granted(await stage.features.votes.cast(asAmbassador(reader), { submissionId: submission.globalId() }));
      }
    });
  }
}
