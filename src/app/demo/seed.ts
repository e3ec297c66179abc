import sql from 'sql-template-tag';
import { SettableClock } from '../../platform/clock.js';
import type { Transaction } from '../../platform/database/database.js';
import { enclose } from '../../platform/database/enclosed.js';
import { exclusively } from '../../platform/database/start-lock.js';
import { Events } from '../../platform/events/events.js';
import { Program } from '../../programs/program.entity.js';
import type { Reward } from '../../rewards/reward.entity.js';
import { composeFeatures } from '../features.js';
import type { Platform } from '../platform.js';
import { planAnswers, relationSurvey } from './answers.js';
import { Calendar, daysOfYear } from './calendar.js';
import { demoChallenges } from './challenges.js';
import { planCorrections } from './corrections.js';
import { type Offer, planDeeds } from './deeds.js';
import { Dice } from './dice.js';
import { demoTerms, planFriends } from './friends.js';
import { chooseAmbassadors, inventPeople } from './people.js';
import { demoBadges, demoBoards } from './prizes.js';
import { demoProgram } from './program.js';
import { demoRewards, planPurchases } from './purchases.js';
import { granted, type Plan, Stage } from './stage.js';

const seed = 20_260_301;

/**
 * Fills an empty database with the demo program: twelve months of a brand's life until this morning, the same for the
 * same day. All of it is one transaction, so a start that is killed leaves nothing; of two starts at once one makes it
 * while the other waits, and goes on with what it finds.
 * @returns whether it was made; not where there is a program already
 */
export function seedDemo(platform: Platform): Promise<boolean> {
  return exclusively(platform.database.dataSource, () =>
    platform.database.transact(async (tx) => {
      if (await tx.first(Program, sql`LIMIT 1`)) return false;
      await makeDemo(platform, tx);
      return true;
    }),
  );
}

async function makeDemo(platform: Platform, tx: Transaction): Promise<void> {
  const now = platform.clock.now();
  const clock = new SettableClock(now);
  const dice = new Dice(seed);
  const database = enclose(platform.database, tx, clock, new Dice(seed));
  const events = new Events();
  const features = composeFeatures({ ...platform, database, clock, random: dice, events });
  const calendar = new Calendar(now, demoProgram.timeZone);
  clock.set(calendar.at(0, 0));
  const program = await features.programs.create(demoProgram);
  await liveThrough(new Stage(features, clock, program, database, events, platform.log), calendar, dice, now);
  await features.outbox.drain();
}

async function liveThrough(stage: Stage, calendar: Calendar, dice: Dice, now: Date): Promise<void> {
  const survey = granted(await stage.features.surveys.create(stage.as('ADMIN', 'admin'), relationSurvey));
  const offers = await prepare(stage, calendar);
  const { customers, friends } = inventPeople(dice);
  const ambassadors = chooseAmbassadors(customers, dice);
  const plan: Plan = { stage, calendar, dice, people: customers, ambassadors, joined: new Map() };
  planAnswers(plan, survey);
  planDeeds(plan, offers);
  planCorrections(plan);
  planFriends(plan, friends);
  planPurchases(plan, await prepareRewards(stage));
  for (let day = 0; day <= daysOfYear; day++) {
    for (const { minute, perform } of calendar.actsOf(day)) {
      const moment = calendar.at(day, minute);
      if (moment > now) return;
      stage.clock.set(moment);
      await perform();
    }
  }
}

/** What points buy, and what a friend is worth. */
async function prepareRewards(stage: Stage): Promise<Reward[]> {
  const { referralTerms, rewards } = stage.features;
  await referralTerms.set(stage.as('ADMIN', 'admin'), demoTerms);
  const made: Reward[] = [];
  for (const reward of demoRewards) made.push(await rewards.create(stage.as('ADMIN', 'admin'), reward));
  return made;
}

/** What an admin sets up on the first day. */
async function prepare(stage: Stage, calendar: Calendar): Promise<Offer[]> {
  const { badges, boards, challenges } = stage.features;
  for (const badge of demoBadges) granted(await badges.create(stage.as('ADMIN', 'admin'), badge));
  for (const board of demoBoards) granted(await boards.create(stage.as('ADMIN', 'admin'), board));
  const offers: Offer[] = [];
  for (const demo of demoChallenges) {
    const { appeal: _, days, ...input } = demo;
    const period = days && { startsAt: calendar.at(days[0], 0), endsAt: calendar.at(days[1], 0) };
    const challenge = await challenges.create(stage.as('ADMIN', 'admin'), { ...input, ...period, pendingDays: 0 });
    offers.push({ demo, challenge: granted(challenge) });
  }
  return offers;
}
