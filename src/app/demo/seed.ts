import sql from 'sql-template-tag';
import { SettableClock } from '../../platform/clock.js';
import { enclose } from '../../platform/database/enclosed.js';
import { isUniqueViolation } from '../../platform/database/errors.js';
import { Events } from '../../platform/events/events.js';
import { Program } from '../../programs/program.entity.js';
import { composeFeatures } from '../features.js';
import type { Platform } from '../platform.js';
import { planAnswers, relationSurvey } from './answers.js';
import { Calendar, daysOfYear } from './calendar.js';
import { demoChallenges } from './challenges.js';
import { planCorrections } from './corrections.js';
import { type Offer, planDeeds } from './deeds.js';
import { Dice } from './dice.js';
import { chooseAmbassadors, inventPeople } from './people.js';
import { demoBadges } from './prizes.js';
import { demoProgram } from './program.js';
import { granted, type Plan, Stage } from './stage.js';

const seed = 20_260_301;

/**
 * Fills an empty database with the demo program: twelve months of a brand's life until this morning, the same for the
 * same day. All of it is one transaction, so a start that is killed leaves nothing, and of two starts at once one makes
 * it while the other goes on with what it finds.
 * @returns whether it was made; not where there is a program already
 */
export async function seedDemo(platform: Platform): Promise<boolean> {
  try {
    return await platform.database.transact(async (tx) => {
      if (await tx.first(Program, sql`LIMIT 1`)) return false;
      const clock = new SettableClock(platform.clock.now());
      const dice = new Dice(seed);
      const database = enclose(platform.database, tx, clock, new Dice(seed));
      const features = composeFeatures({ ...platform, database, clock, random: dice, events: new Events() });
      const calendar = new Calendar(platform.clock.now(), demoProgram.timeZone);
      clock.set(calendar.at(0, 0));
      const program = await features.programs.create(demoProgram);
      await liveThrough(
        new Stage(features, clock, program, database, platform.log),
        calendar,
        dice,
        platform.clock.now(),
      );
      await features.outbox.drain();
      return true;
    });
  } catch (error) {
    // Another process began its demo at the same moment and was first.
    if (isUniqueViolation(error) && (await anyProgram(platform))) return false;
    throw error;
  }
}

async function anyProgram({ database }: Platform): Promise<boolean> {
  return (await database.read((db) => db.first(Program, sql`LIMIT 1`))) !== undefined;
}

async function liveThrough(stage: Stage, calendar: Calendar, dice: Dice, now: Date): Promise<void> {
  const offers = await prepare(stage, calendar);
  const people = inventPeople(dice);
  const ambassadors = chooseAmbassadors(people, dice);
  const plan: Plan = { stage, calendar, dice, people, ambassadors, joined: new Map() };
  planAnswers(plan);
  planDeeds(plan, offers);
  planCorrections(plan);
  for (let day = 0; day <= daysOfYear; day++) {
    for (const { minute, perform } of calendar.actsOf(day)) {
      const moment = calendar.at(day, minute);
      if (moment > now) return;
      stage.clock.set(moment);
      await perform();
    }
  }
}

/** What an admin sets up on the first day. */
async function prepare(stage: Stage, calendar: Calendar): Promise<Offer[]> {
  const { surveys, badges, challenges } = stage.features;
  granted(await surveys.create(stage.as('ADMIN', 'admin'), relationSurvey));
  for (const badge of demoBadges) granted(await badges.create(stage.as('ADMIN', 'admin'), badge));
  const offers: Offer[] = [];
  for (const demo of demoChallenges) {
    const { appeal: _, days, ...input } = demo;
    const period = days && { startsAt: calendar.at(days[0], 0), endsAt: calendar.at(days[1], 0) };
    const challenge = await challenges.create(stage.as('ADMIN', 'admin'), { ...input, ...period, pendingDays: 0 });
    offers.push({ demo, challenge: granted(challenge) });
  }
  return offers;
}
