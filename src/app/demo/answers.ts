import { bandOf, schemes } from '../../nps/scheme.js';
import { daysOfYear } from './calendar.js';
import type { Dice } from './dice.js';
import { daysBetweenAsks, type Person } from './people.js';
import { granted, type Plan } from './stage.js';
import { comments } from './texts.js';

/** The survey of the year's answers; the default one stays free for answers that are given live. */
export const relationSurvey = { key: 'relation', name: 'Relationship NPS' };

const commentShare = 0.55;
const officeOpensMinute = 8 * 60;
const officeClosesMinute = 18 * 60;

/** Plans what the customers answer: asked every quarter, they answer four times in five. */
export function planAnswers({ stage, calendar, dice, people, ambassadors }: Plan): void {
  const joining = new Map(ambassadors.map((each) => [each.contact.externalId, each]));
  for (const person of people) {
    const ambassador = joining.get(person.contact.externalId);
    for (let day = person.firstAskedOn; day < daysOfYear; day += daysBetweenAsks) {
      const leadsToJoining = day === ambassador?.answersOn;
      if (!leadsToJoining && !dice.happens(0.8)) continue;
      const score = leadsToJoining ? ambassador.joiningScore : scoreOn(person, day, dice);
      const comment = dice.happens(commentShare) ? dice.pick(comments[bandOf(schemes.CLASSIC, score)]) : null;
      calendar.plan(day, dice.between(officeOpensMinute, officeClosesMinute), async () => {
        const { contact } = person;
        const input = { surveyKey: relationSurvey.key, contact, score, comment, respondedAt: stage.clock.now() };
        granted(await stage.features.responses.record(stage.as('INTEGRATION', 'crm'), input));
      });
    }
  }
}

/**
 * The score that somebody gives on a day: the brand gets better over the year, by a point and a half on the scale of
 * 0 to 10, and everybody has good and bad days.
 */
function scoreOn(person: Person, day: number, dice: Dice): number {
  const feeling = 6.85 + 1.6 * (day / daysOfYear) + 1.55 * person.enthusiasm + 0.9 * dice.normal();
  return Math.min(10, Math.max(0, Math.round(feeling)));
}
