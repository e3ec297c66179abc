import sql, { join, type Sql } from 'sql-template-tag';
import { ContactAttribute, type ContactAttributes } from '../contacts/contact.entity.js';
import type { Reader, Transaction } from '../platform/database/database.js';
import { OutboxEvent } from '../platform/events/outbox.entity.js';
import { idsOf, type NamedPerson, type Person, type PersonalData } from '../platform/personal.js';
import type { AnswerCounts } from './counts/answer-counts.js';
import { wideAttributes } from './counts/wide-attributes.js';
import { FollowUpAnswer } from './followups/follow-up.entity.js';
import { SurveyLink } from './links/survey-link.entity.js';
import { NpsResponse } from './response.entity.js';
import { ResponseExtra } from './webhooks/delivery.entity.js';

/** Groups of fewer are not shown, so that they need not stay as they are. */
const groupMin = 5;

/** What answers know of who gave them. */
export function defineAnswers(personalData: PersonalData, counts: AnswerCounts): void {
  personalData.define({
    part: 'answers',
    entity: NpsResponse,
    of: answersOf,
    keyOf: ({ id }) => id,
    show: async (_, rows) =>
      rows.map(({ score, comment, respondedAt, sourceId }) => ({ score, comment, respondedAt, sourceId })),
  });
  personalData.define({
    part: 'followUpAnswers',
    entity: FollowUpAnswer,
    of: ({ contactId }) => sql`contact_id = ${contactId}`,
    column: sql`CONCAT(response_id, question_key)`,
    keyOf: ({ responseId, questionKey }) => `${responseId}${questionKey}`,
    show: async (_, rows) =>
      rows.map(({ questionKey, metric, number, text, answeredAt }) => {
        return { questionKey, metric, number, text, answeredAt };
      }),
  });
  personalData.whileNamed(
    (tx, person) => makeAnonymous(tx, person, counts),
    ['nps_response', 'follow_up_answer', 'nps_count', 'nps_count_change', 'nps_attribute_value', 'outbox_event'],
  );
  personalData.define(
    {
      part: 'otherAnswers',
      entity: ResponseExtra,
      of: (person) => sql`response_id IN (SELECT id FROM nps_response WHERE ${answersOf(person)})`,
      column: sql`response_id`,
      keyOf: ({ responseId }) => responseId,
      show: async (_, rows) => rows.map(({ answers }) => ({ answers })),
    },
    ['nps_response_extra'],
  );
  personalData.define(
    {
      part: 'surveyLinks',
      entity: SurveyLink,
      of: ({ contactId }) => sql`contact_id = ${contactId}`,
      keyOf: ({ id }) => id,
      show: async (_, rows) =>
        rows.map(({ channel, createdAt, expiresAt, usedAt }) => ({ channel, createdAt, expiresAt, usedAt })),
    },
    ['survey_link'],
  );
  // An answer that waits is anonymous from the start; a message that was taken in is sealed, and forgotten after 30 days.
  personalData.concernNobody('survey', 'follow_up_question', 'follow_up_wording', 'survey_text', 'waiting_answer');
  personalData.concernNobody('webhook_source', 'webhook_secret', 'webhook_delivery');
}

/** By survey, as they are indexed. */
function answersOf({ programId, contactId }: Person): Sql {
  return sql`survey_id IN (SELECT id FROM survey WHERE program_id = ${programId}) AND contact_id = ${contactId}`;
}

/**
 * Makes the answers of a person anonymous: the scores stay and count as before, also in the groups that they counted in,
 * as far as these are so large that they lead to nobody. Whoever took an answer in holds the survey before the contact.
 */
async function makeAnonymous(tx: Transaction, person: NamedPerson, counts: AnswerCounts): Promise<void> {
  const { contactId, programId } = person;
  const responses = await tx.select(NpsResponse, sql`WHERE ${answersOf(person)} ORDER BY id`);
  // By its moment, too, a link would lead from the person to the answer.
  await tx.execute(sql`UPDATE survey_link SET response_id = NULL, used_at = NULL WHERE contact_id = ${contactId}`);
  const wide = await wideAttributes(tx, programId);
  const { kept, dropped } = await groupsOf(tx, person, new Set(wide));
  await forgetWideValues(tx, person, wide);
  if (responses.length === 0) return;
  await counts.follow(tx, programId, [{ contactId, before: dropped, after: {} }]);
  const groups = responses.flatMap(({ id }) =>
    kept.map(({ name, value }) => ({ contactId: id, programId, name, value })),
  );
  // The answer stands for itself from now on, and has the attributes of its groups.
  await tx.insert(ContactAttribute, groups);
  const ids = idsOf(responses);
  await tx.execute(sql`
    UPDATE nps_response SET contact_id = NULL, comment = NULL, source_id = NULL WHERE id IN (${ids})`);
  await tx.execute(sql`
    UPDATE follow_up_answer SET contact_id = NULL, text_value = CASE WHEN text_value IS NULL THEN NULL ELSE '' END
    WHERE response_id IN (${ids})`);
  await tx.execute(sql`DELETE FROM nps_response_extra WHERE response_id IN (${ids})`);
  for (const response of responses) await forgetInEvents(tx, response, person);
}

/** Which attributes an answer may go on being counted by, and which would lead back to the person. */
async function groupsOf(
  db: Reader,
  { contactId, programId }: NamedPerson,
  wide: ReadonlySet<string>,
): Promise<{ kept: ContactAttribute[]; dropped: ContactAttributes }> {
  const attributes = await db.select(ContactAttribute, sql`WHERE contact_id = ${contactId}`);
  const kept: ContactAttribute[] = [];
  const dropped: Record<string, string> = {};
  for (const attribute of attributes) {
    const { name, value } = attribute;
    if (wide.has(name)) continue;
    const alike = await db.query<{ one: number }>(sql`
      SELECT 1 AS one FROM contact_attribute
      WHERE program_id = ${programId} AND name = ${name} AND value = ${value} LIMIT ${groupMin}`);
    if (alike.length >= groupMin) kept.push(attribute);
    else dropped[name] = value;
  }
  return { kept, dropped };
}

/** That an attribute has too many values to count by is known by its first 201: this person's is one of them no more. */
async function forgetWideValues(
  tx: Transaction,
  { contactId, programId }: NamedPerson,
  wide: readonly string[],
): Promise<void> {
  if (wide.length === 0) return;
  const own = await tx.select(
    ContactAttribute,
    sql`WHERE contact_id = ${contactId} AND name IN (${join([...wide])}) AND NOT EXISTS (
      SELECT 1 FROM contact_attribute o WHERE o.program_id = contact_attribute.program_id
        AND o.name = contact_attribute.name AND o.value = contact_attribute.value AND o.contact_id <> ${contactId})`,
  );
  for (const { name, value } of own) {
    await tx.execute(sql`
      UPDATE nps_attribute_value SET value = ${`erased:${tx.newId()}`}
      WHERE program_id = ${programId} AND name = ${name} AND value = ${value}`);
    // Counts of a wide attribute are not read; some can be left from before it was.
    const ofValue = sql`name = ${name} AND value = ${value}
      AND survey_id IN (SELECT id FROM survey WHERE program_id = ${programId})`;
    await tx.execute(sql`DELETE FROM nps_count WHERE ${ofValue}`);
    await tx.execute(sql`DELETE FROM nps_count_change WHERE ${ofValue}`);
  }
}

/** Events were emitted at the very moments that the answers were recorded. */
async function forgetInEvents(tx: Transaction, { id, recordedAt }: NpsResponse, person: NamedPerson): Promise<void> {
  const followUps = await tx.select(FollowUpAnswer, sql`WHERE response_id = ${id}`);
  const moments = [recordedAt, ...followUps.map(({ answeredAt }) => answeredAt)];
  const events = await tx.select(
    OutboxEvent,
    sql`WHERE occurred_at IN (${join(moments)}) AND program_id = ${person.programId} AND type LIKE 'response.%'`,
  );
  for (const event of events) {
    if (event.payload.contactId !== person.contactId) continue;
    const anonymous = JSON.stringify({ ...event.payload, contactId: null });
    await tx.execute(sql`UPDATE outbox_event SET payload = ${anonymous} WHERE id = ${event.id}`);
  }
}
