import sql, { join } from 'sql-template-tag';
import type { AttributeChange } from '../../contacts/attribute-changes.js';
import type { ContactAttributes } from '../../contacts/contact.entity.js';
import { attributeText } from '../../contacts/contact.service.js';
import type { Reader, Transaction } from '../../platform/database/database.js';
import { listsOf } from '../../platform/database/lists.js';
import { timeOf } from '../../platform/database/rows.js';
import { Survey } from '../survey.entity.js';
import { type CountKey, NpsCount, NpsCountChange } from './count.entity.js';
import type { Days } from './days.js';
import { isWideInItself, registerValues, wideAttributes } from './wide-attributes.js';

/** An answer as far as it is counted. */
export interface CountedAnswer {
  readonly score: number;
  readonly respondedAt: Date;
  /** The contact's; none for an anonymous answer. */
  readonly attributes: ContactAttributes;
}

interface AnswerOfContact {
  readonly contact_id: string;
  readonly survey_id: string;
  readonly score: number;
  readonly responded_at: string;
}

/**
 * Keeps count of answers as they come, in the transaction that writes them. Whoever calls holds the survey's row
 * (`forShare`), so that counting what was there before and counting what comes in never overlap.
 */
export class AnswerCounts {
  constructor(private readonly days: Days) {}

  /** Counts answers that this transaction adds to a survey. */
  async add(tx: Transaction, survey: Survey, answers: readonly CountedAnswer[]): Promise<void> {
    const counted = answers.filter((answer) => isCounted(survey, answer.respondedAt));
    const sums = new CountSums();
    const wide = await this.wideOf(tx, survey, counted);
    for (const { score, respondedAt, attributes } of counted) {
      const day = this.days.of(respondedAt, survey.countedZone ?? '');
      sums.add({ surveyId: survey.id, name: '', value: '', day, score }, 1);
      for (const [name, value] of textsOf(attributes, wide)) {
        sums.add({ surveyId: survey.id, name, value, day, score }, 1);
      }
    }
    await this.write(tx, sums);
  }

  /** Moves the answers of contacts from the groups that they were in to those that they are in now. */
  async follow(tx: Transaction, programId: string, changes: readonly AttributeChange[]): Promise<void> {
    const byContact = new Map(changes.map((change) => [change.contactId, change]));
    const surveys = await tx.select(Survey, sql`WHERE program_id = ${programId} ORDER BY id ${tx.forShare}`);
    const bySurvey = new Map(surveys.map((survey) => [survey.id, survey]));
    const wide = new Set(await wideAttributes(tx, programId));
    const sums = new CountSums();
    for (const answer of await answersOf(tx, [...bySurvey.keys()], [...byContact.keys()])) {
      const survey = bySurvey.get(answer.survey_id);
      const change = byContact.get(answer.contact_id);
      const respondedAt = timeOf(answer.responded_at);
      if (!survey || !change || !isCounted(survey, respondedAt)) continue;
      const day = this.days.of(respondedAt, survey.countedZone ?? '');
      const key = { surveyId: survey.id, day, score: answer.score };
      for (const [name, value] of textsOf(change.before, wide)) sums.add({ ...key, name, value }, -1);
      for (const [name, value] of textsOf(change.after, wide)) sums.add({ ...key, name, value }, 1);
    }
    await this.write(tx, sums);
  }

  /** The attributes that are not counted by; those that these answers make so are kept from then on. */
  private async wideOf(
    tx: Transaction,
    { programId }: Survey,
    answers: readonly CountedAnswer[],
  ): Promise<ReadonlySet<string>> {
    const values = new Map<string, Set<string>>();
    for (const { attributes } of answers) {
      for (const [name, value] of textsOf(attributes, new Set())) {
        values.set(name, (values.get(name) ?? new Set()).add(value));
      }
    }
    if (values.size === 0) return new Set();
    const many = new Map([...values].filter(([, ofName]) => isWideInItself(ofName)));
    if (many.size > 0) await registerValues(tx, programId, many);
    return new Set(await wideAttributes(tx, programId));
  }

  private async write(tx: Transaction, sums: CountSums): Promise<void> {
    const rows = sums.rows().map((row) => ({ id: tx.newId(), ...row }));
    if (rows.length > 0) await tx.insert(NpsCountChange, rows);
  }
}

/** Sums by key, without those that come to nothing, in the order of the keys. */
export class CountSums {
  private readonly sums = new Map<string, { readonly key: CountKey; answers: number }>();

  add(key: CountKey, answers: number): void {
    const text = `${key.surveyId}\n${key.name}\n${key.value}\n${key.day}\n${key.score}`;
    const sum = this.sums.get(text);
    if (sum) sum.answers += answers;
    else this.sums.set(text, { key, answers });
  }

  rows(): NpsCount[] {
    return [...this.sums]
      .filter(([, { answers }]) => answers !== 0)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { key, answers }]) => Object.assign(new NpsCount(), key, { answers }));
  }
}

async function answersOf(
  db: Reader,
  surveyIds: readonly string[],
  contactIds: readonly string[],
): Promise<AnswerOfContact[]> {
  const answers: AnswerOfContact[] = [];
  for (const contacts of surveyIds.length === 0 ? [] : listsOf(contactIds)) {
    const rows = await db.query<AnswerOfContact>(sql`
      SELECT contact_id, survey_id, score, responded_at FROM nps_response
      WHERE survey_id IN (${join([...surveyIds])}) AND contact_id IN (${join(contacts)})`);
    answers.push(...rows);
  }
  return answers;
}

/** Whether the counts of a survey hold an answer of that moment. */
function isCounted({ countedZone, countedFrom }: Survey, respondedAt: Date): boolean {
  return countedZone !== null && (countedFrom === null || respondedAt >= countedFrom);
}

function textsOf(attributes: ContactAttributes, wide: ReadonlySet<string>): [name: string, value: string][] {
  return Object.entries(attributes).flatMap(([name, value]): [string, string][] => {
    const text = attributeText(value);
    return text === undefined || wide.has(name) ? [] : [[name, text]];
  });
}
