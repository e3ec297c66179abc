import sql from 'sql-template-tag';
import { Ask } from '../../asks/ask.entity.js';
import { Case, type CaseOutcome } from '../../asks/cases/case.entity.js';
import { daysOfYear } from './calendar.js';
import { Dice } from './dice.js';
import type { Person } from './people.js';
import { granted, type Plan } from './stage.js';

/** The survey after a service visit: its answers come in one by one, and are met with an ask or a case. */
const serviceSurvey = { key: 'service', name: 'After a service visit', kind: 'NPS', isAnonymous: false } as const;
const visitsFrom = daysOfYear - 150;
const learnsFrom = daysOfYear - 90;
const visitsPerDay = 3;
const ambassadorShare = 0.6;
const declinedShare = 0.12;
const neverShare = 0.25;

/** Detractors are called back the day after, but for one in so many, who are forgotten. */
const forgottenEvery = 7;
/** Of yesterday, of the day before, and of last week: the last one is overdue. */
const notCalledYet = [
  [daysOfYear - 1, 3],
  [daysOfYear - 2, 5],
  [daysOfYear - 8, 2],
] as const;
const visitedAgainAfterDays = 30;
const outcomes: readonly (readonly [CaseOutcome, string])[] = [
  ['RECOVERED', 'Called: the engineer comes back on Monday, free of charge'],
  ['RECOVERED', 'Called: was content with an apology and a clear answer'],
  ['IMPROVED', 'Called: the planning now sends a text an hour before'],
  ['NO_CONTACT', 'Tried three times'],
  ['CHURNED', 'Has gone to another supplier already'],
];
const minuteOfExpiry = 3;

/** Plans what is answered after visits, what is asked then, who says no, and how detractors are followed up. */
export function planAsks(plan: Plan): void {
  const { stage, calendar } = plan;
  const dice = new Dice(20_260_523);
  const admin = () => stage.as('ADMIN', 'admin');
  calendar.plan(visitsFrom, 1, async () => {
    granted(await stage.features.surveys.create(admin(), serviceSurvey));
    await stage.features.caseTerms.set(admin(), { owners: ['milan', 'nora'] });
    await stage.features.askOrders.set(admin(), { pinned: ['REVIEW'], groupAttribute: null });
  });
  calendar.plan(learnsFrom, 1, async () => {
    await stage.features.askOrders.set(admin(), { mode: 'LEARNING', learnFromAsks: 10 });
  });
  for (let day = visitsFrom; day <= daysOfYear; day++) {
    calendar.plan(day, minuteOfExpiry, async () => {
      await stage.features.askOutcomes.expireSome(stage.clock.now());
    });
    for (let visits = dice.between(1, 2 * visitsPerDay - 1); visits > 0; visits--) planVisit(plan, dice, day);
  }
  for (const [day, score] of notCalledYet) {
    const person = dice.pick(plan.people.filter(({ contact }) => !isAmbassador(plan, contact.externalId)));
    calendar.plan(day, 16 * 60, async () => {
      await answer(plan, person, score);
    });
  }
}

function isAmbassador({ ambassadors }: Plan, externalId: string): boolean {
  return ambassadors.some(({ contact }) => contact.externalId === externalId);
}

function planVisit(plan: Plan, dice: Dice, day: number): void {
  const joined = plan.ambassadors.filter(({ joinsOn }) => joinsOn < day);
  const person: Person = dice.happens(ambassadorShare) ? dice.pick(joined) : dice.pick(plan.people);
  const minute = dice.between(9 * 60, 17 * 60);
  const feeling = isAmbassador(plan, person.contact.externalId)
    ? dice.between(8, 10)
    : Math.round(7 + 1.6 * person.enthusiasm + 1.3 * dice.normal());
  const score = Math.min(10, Math.max(0, feeling));
  const declines = dice.happens(declinedShare);
  const refusal = dice.happens(neverShare) ? 'NEVER_THIS' : 'NOT_NOW';
  plan.calendar.plan(day, minute, async () => {
    const { response, ask } = await answer(plan, person, score);
    if (ask?.status === 'OPEN' && declines) {
      const context = plan.stage.as('INTEGRATION', 'survey-tool');
      granted(await plan.stage.features.asks.decline(context, { askId: ask.globalId(), refusal }));
    }
    if (score <= 6 && dice.between(1, forgottenEvery) > 1) planCall(plan, dice, response, day + 1);
    if (score > 6 || day + visitedAgainAfterDays > daysOfYear) return;
    const later = Math.min(10, score + dice.between(0, 4));
    plan.calendar.plan(day + visitedAgainAfterDays, minute, async () => {
      await answer(plan, person, later);
    });
  });
}

async function answer({ stage }: Plan, { contact }: Person, score: number) {
  const { externalId } = contact;
  const input = { surveyKey: serviceSurvey.key, contact: { externalId }, score };
  const response = granted(await stage.features.responses.record(stage.as('INTEGRATION', 'survey-tool'), input));
  const ask = await stage.database.read((db) => db.first(Ask, sql`WHERE response_id = ${response.id}`));
  return { response: response.id, ask };
}

function planCall({ stage, calendar }: Plan, dice: Dice, responseId: string, day: number): void {
  if (day > daysOfYear) return;
  const [outcome, note] = dice.pick(outcomes);
  calendar.plan(day, dice.between(9 * 60, 16 * 60), async () => {
    const opened = await stage.database.read((db) => db.first(Case, sql`WHERE response_id = ${responseId}`));
    if (opened?.status !== 'OPEN') return;
    const context = stage.as('MODERATOR', opened.owner ?? 'milan');
    granted(await stage.features.cases.resolve(context, { caseId: opened.globalId(), outcome, note }));
  });
}
