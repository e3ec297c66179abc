import type { Answer } from '../../nps/import/answer.js';
import { bandOf, schemes } from '../../nps/scheme.js';
import type { Survey } from '../../nps/survey.entity.js';
import { daysOfYear } from './calendar.js';
import type { Dice } from './dice.js';
import { daysBetweenAsks, type Person } from './people.js';
import type { Plan } from './stage.js';
import { comments } from './texts.js';

/** The survey of the year's answers; the default one stays free for answers that are given live. */
export const relationSurvey = { key: 'relation', name: 'Relationship NPS', kind: 'NPS', isAnonymous: false } as const;

const answeredShare = 0.8;
const commentShare = 0.55;
const officeOpensMinute = 8 * 60;
const officeClosesMinute = 18 * 60;
/** The answers come over from the survey tool once a week. */
const daysBetweenImports = 7;
const importMinute = 0;

/** Plans what the customers answer: asked every quarter, they answer four times in five. */
export function planAnswers(plan: Plan, survey: Survey): void {
  const { stage, calendar } = plan;
  const weeks = new Map<number, Answer[]>();
  for (const { day, answer } of inventAnswers(plan)) {
    const importedOn = Math.min(daysOfYear, (Math.floor(day / daysBetweenImports) + 1) * daysBetweenImports);
    weeks.set(importedOn, [...(weeks.get(importedOn) ?? []), answer]);
  }
  const writer = stage.features.batchWriter;
  for (const [day, answers] of weeks) {
    calendar.plan(day, importMinute, async () => {
      const { rejections } = await writer.write({ programId: survey.programId, surveyId: survey.id }, answers);
      if (rejections.length > 0) throw new Error(`The demo met a refusal: ${rejections[0]?.reason}`);
    });
  }
}

function inventAnswers({ calendar, dice, people, ambassadors }: Plan): { day: number; answer: Answer }[] {
  const joining = new Map(ambassadors.map((each) => [each.contact.externalId, each]));
  return people.flatMap((person) => {
    const ambassador = joining.get(person.contact.externalId);
    const answers: { day: number; answer: Answer }[] = [];
    for (let day = person.firstAskedOn; day < daysOfYear; day += daysBetweenAsks) {
      const leadsToJoining = day === ambassador?.answersOn;
      if (!leadsToJoining && !dice.happens(answeredShare)) continue;
      const score = leadsToJoining ? ambassador.joiningScore : scoreOn(person, day, dice);
      const comment = dice.happens(commentShare) ? dice.pick(comments[bandOf(schemes.CLASSIC, score)]) : null;
      const respondedAt = calendar.at(day, dice.between(officeOpensMinute, officeClosesMinute));
      const row = { line: answers.length, fields: [] };
      answers.push({ day, answer: { row, contact: person.contact, score, comment, respondedAt, sourceId: null } });
    }
    return answers;
  });
}

/**
 * The score that somebody gives on a day: the brand gets better over the year, by a point and a half on the scale of
 * 0 to 10, and everybody has good and bad days.
 */
function scoreOn(person: Person, day: number, dice: Dice): number {
  const feeling = 6.85 + 1.6 * (day / daysOfYear) + 1.55 * person.enthusiasm + 0.9 * dice.normal();
  return Math.min(10, Math.max(0, Math.round(feeling)));
}
