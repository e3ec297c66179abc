import sql, { empty, join, type Sql } from 'sql-template-tag';
import { ContactBatch, type ContactDraft } from '../../contacts/contact-batch.js';
import type { Rejection } from '../../platform/csv/rejected-file.js';
import type { Reader } from '../../platform/database/database.js';
import { listsOf } from '../../platform/database/lists.js';
import { NpsResponse } from '../response.entity.js';
import type { Answer } from './answer.js';

/** Where answers go. */
export interface ImportTarget {
  readonly programId: string;
  readonly surveyId: string;
}

/** What a batch would do to the database. */
export interface BatchPlan {
  readonly contacts: ContactBatch;
  readonly additions: readonly { readonly contact: ContactDraft; readonly answer: Answer }[];
  readonly knownCount: number;
  readonly rejections: readonly Rejection[];
}

/** An answer as far as it is needed to know it again. */
export type KnownAnswer = Pick<NpsResponse, 'score' | 'sourceId'>;

/** What is decided of a row: it goes in, it is there already, or why it is refused. */
export type Verdict = 'NEW' | 'KNOWN' | { readonly refusal: string };

/**
 * An answer is known by its name where it comes from, or else by survey, contact and moment. What has another score than
 * the answer that it is known by is neither new nor the same: it is refused, as npsResponseRecord does.
 */
export function verdictOn(
  answer: Answer,
  bySource: KnownAnswer | undefined,
  byMoment: KnownAnswer | undefined,
): Verdict {
  if (bySource)
    return bySource.score === answer.score ? 'KNOWN' : { refusal: 'has the id of an answer with another score' };
  if (!byMoment) return 'NEW';
  const isNamedOtherwise = answer.sourceId !== null && byMoment.sourceId !== null;
  if (isNamedOtherwise) return { refusal: 'has the very moment of another answer of this contact' };
  return byMoment.score === answer.score
    ? 'KNOWN'
    : { refusal: 'has the moment at which this contact gave another score' };
}

export const addressTaken = 'has the e-mail address of another contact';

/** The answers that the database knows, and those that the batch itself adds. */
class KnownAnswers {
  readonly bySource = new Map<string, KnownAnswer>();
  private readonly byMoment = new Map<ContactDraft, Map<number, KnownAnswer>>();

  at(contact: ContactDraft | undefined, time: Date): KnownAnswer | undefined {
    return contact && this.byMoment.get(contact)?.get(time.getTime());
  }

  add(contact: ContactDraft | undefined, time: Date, answer: KnownAnswer): void {
    if (answer.sourceId !== null) this.bySource.set(answer.sourceId, answer);
    if (!contact) return;
    const moments = this.byMoment.get(contact) ?? new Map<number, KnownAnswer>();
    this.byMoment.set(contact, moments.set(time.getTime(), answer));
  }
}

/** Decides on each answer of a batch. `lock` is the transaction's `forUpdate`, or nothing where all stays as it is. */
export async function planBatch(
  db: Reader,
  target: ImportTarget,
  answers: readonly Answer[],
  lock: Sql = empty,
): Promise<BatchPlan> {
  const inputs = answers.map(({ contact }) => contact);
  const contacts = await ContactBatch.load(db, target.programId, inputs, lock);
  const known = await loadKnown(db, target.surveyId, contacts, answers);
  const additions: { contact: ContactDraft; answer: Answer }[] = [];
  const rejections: Rejection[] = [];
  let knownCount = 0;
  for (const answer of answers) {
    const { row, sourceId, respondedAt } = answer;
    if (contacts.isAddressOfAnother(answer.contact)) {
      rejections.push({ row, reason: addressTaken });
      continue;
    }
    const bySource = sourceId === null ? undefined : known.bySource.get(sourceId);
    const verdict = verdictOn(answer, bySource, known.at(contacts.find(answer.contact), respondedAt));
    if (verdict === 'KNOWN') {
      knownCount += 1;
      contacts.adopt(answer.contact);
    } else if (verdict === 'NEW') {
      const contact = contacts.adopt(answer.contact);
      known.add(contact, respondedAt, answer);
      additions.push({ contact, answer });
    } else {
      rejections.push({ row, reason: verdict.refusal });
    }
  }
  return { contacts, additions, knownCount, rejections };
}

async function loadKnown(
  db: Reader,
  surveyId: string,
  contacts: ContactBatch,
  answers: readonly Answer[],
): Promise<KnownAnswers> {
  const known = new KnownAnswers();
  const drafts = new Map<string, ContactDraft>();
  const moments: { readonly contactId: string; readonly time: Date }[] = [];
  for (const { contact, respondedAt } of answers) {
    const draft = contacts.find(contact);
    if (draft?.id === undefined) continue;
    drafts.set(draft.id, draft);
    moments.push({ contactId: draft.id, time: respondedAt });
  }
  const remember = (rows: readonly NpsResponse[]) => {
    for (const row of rows) known.add(drafts.get(row.contactId ?? ''), row.respondedAt, row);
  };
  const sources = answers.map(({ sourceId }) => sourceId).filter((id) => id !== null);
  for (const list of listsOf(sources)) {
    remember(await db.select(NpsResponse, sql`WHERE survey_id = ${surveyId} AND source_id IN (${join(list)})`));
  }
  // Not by lists of contacts and of moments: who answered very often would bring all of it into memory.
  for (const list of listsOf(moments)) {
    const either = join(
      list.map(
        ({ contactId, time }) =>
          sql`(survey_id = ${surveyId} AND contact_id = ${contactId} AND responded_at = ${time})`,
      ),
      ' OR ',
    );
    remember(await db.select(NpsResponse, sql`WHERE ${either}`));
  }
  return known;
}
