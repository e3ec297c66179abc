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
import { planAcademy } from './academy.js';
import { planAnswers, relationSurvey } from './answers.js';
import { planAsks } from './asks.js';
import { Calendar, daysOfYear } from './calendar.js';
import { demoChallenges } from './challenges.js';
import { planCorrections } from './corrections.js';
import { type Offer, planDeeds } from './deeds.js';
import { Dice } from './dice.js';
import { planExpiry } from './expiry.js';
import { annaOf, demoTerms, planFriends } from './friends.js';
import { planGifts } from './gifts.js';
import { DemoCarrier, planMailing } from './mailing.js';
import { chooseAmbassadors, inventPeople } from './people.js';
import { planPrivacy } from './privacy.js';
import { demoBadges, demoBoards, demoLevels, demoMonthPrizes } from './prizes.js';
import { demoProgram } from './program.js';
import { makeRewards, planPurchases } from './purchases.js';
import { planSeason } from './seasons.js';
import { demoShareTexts, planNaming } from './sharing.js';
import { planSocial } from './social.js';
import { planStaff } from './staff.js';
import { granted, type Plan, Stage } from './stage.js';
import { planSuspects } from './suspects.js';
import { planTeams } from './teams.js';
import { planTelling } from './telling.js';
import { planTools } from './tools.js';
import { demoValues } from './values.js';
import { planVoices } from './voices.js';

const seed = 20_260_301;

/** Just after midnight: what has come due is done before the first person does anything. */
const minuteOfJobs = 2;

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
  const carrier = new DemoCarrier();
  const features = composeFeatures({ ...platform, database, clock, random: dice, events, carrier });
  const calendar = new Calendar(now, demoProgram.timeZone);
  clock.set(calendar.at(0, 0));
  const program = await features.programs.create(demoProgram);
  await liveThrough(new Stage(features, clock, program, database, events, platform.log), calendar, dice, now);
  await features.jobWorker.drain();
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
  planSuspects(plan);
  planPurchases(plan, await prepareRewards(stage));
  planTelling(plan);
  planExpiry(plan);
  planGifts(plan);
  await planAcademy(plan);
  planNaming(plan, annaOf(plan));
  planVoices(plan);
  planSeason(plan);
  await planStaff(plan);
  planTools(plan);
  planTeams(plan);
  planSocial(plan);
  planAsks(plan);
  await planMailing(plan);
  planPrivacy(plan);
  for (let day = 0; day <= daysOfYear; day++) {
    calendar.plan(day, minuteOfJobs, () => stage.features.jobWorker.drain());
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
  const { referralTerms, shareTexts } = stage.features;
  await referralTerms.set(stage.as('ADMIN', 'admin'), demoTerms);
  for (const text of demoShareTexts) granted(await shareTexts.set(stage.as('ADMIN', 'admin'), text));
  return makeRewards(stage);
}

/** What an admin sets up on the first day. */
async function prepare(stage: Stage, calendar: Calendar): Promise<Offer[]> {
  const { badges, boards, challenges } = stage.features;
  for (const badge of demoBadges) granted(await badges.create(stage.as('ADMIN', 'admin'), badge));
  for (const board of demoBoards) granted(await boards.create(stage.as('ADMIN', 'admin'), board));
  granted(await stage.features.insightTerms.set(stage.as('ADMIN', 'admin'), demoValues));
  await stage.features.levels.set(stage.as('ADMIN', 'admin'), { levels: demoLevels });
  await keepMonths(stage);
  await stage.features.streaks.setTerms(stage.as('ADMIN', 'admin'), { freezesMax: 2, freezeEveryWeeks: 3 });
  const offers: Offer[] = [];
  for (const demo of demoChallenges) {
    const { appeal: _, days, ...input } = demo;
    const period = days && { startsAt: calendar.at(days[0], 0), endsAt: calendar.at(days[1], 0) };
    const event = demo.kind === 'EVENT_FEEDBACK' && period ? { eventEndsAt: period.startsAt } : {};
    const wanted = { ...input, ...period, ...event, pendingDays: 0 };
    const challenge = await challenges.create(stage.as('ADMIN', 'admin'), wanted);
    offers.push({ demo, challenge: granted(challenge) });
  }
  return offers;
}

/** The board of the month, which every program has, ends in final standings. */
async function keepMonths(stage: Stage): Promise<void> {
  const admin = () => stage.as('ADMIN', 'admin');
  const month = (await stage.features.boards.list(admin())).find(({ key }) => key === 'month');
  if (!month) throw new Error('The demo has no board of the month');
  granted(await stage.features.seasons.set(admin(), { leaderboardId: month.globalId(), prizes: demoMonthPrizes }));
}
