import sql from 'sql-template-tag';
import type { RequestContext } from '../../identity/session.js';
import type { Survey } from '../../nps/survey.entity.js';
import type { SurveyService } from '../../nps/survey.service.js';
import type { Database, Reader } from '../../platform/database/database.js';
import { AttributeTables } from './attribute-tables.js';
import type { CommonThreadArgs } from './thread.inputs.js';
import { type CommonThread, findThread } from './thread.js';

/** Answers read at a time: between two reads the process serves others. */
const answersPerRead = 5_000;
/** Contacts that a search looks at; the first by their ids, which is the order in which they became known. */
const contactsMax = 500_000;

interface Row {
  readonly contact_id: string;
  readonly score: number;
  readonly responded_at: string;
  readonly attributes: string | Record<string, unknown>;
}

/** What enthusiastic customers have in common. */
export class CommonThreadService {
  constructor(
    private readonly database: Database,
    private readonly surveys: SurveyService,
  ) {}

  /** Looks through all who answered a survey; null if the program has no such survey. */
  async find(context: RequestContext, { surveyKey, fromScore }: CommonThreadArgs): Promise<CommonThread | null> {
    context.session.require('nps.read');
    const programId = context.session.program.id;
    return this.database.read(async (db) => {
      const survey = await this.surveys.findByKey(db, programId, surveyKey);
      if (!survey) return null;
      const from = fromScore ?? (await this.surveys.schemeOf(db, programId, survey)).promoterFrom;
      return findThread(await gather(db, survey, from));
    });
  }
}

/** Goes through the answers in the order of the contacts, of whom the last answer counts. */
async function gather(db: Reader, survey: Survey, fromScore: number): Promise<AttributeTables> {
  const gathered = new AttributeTables();
  let last: Row | undefined;
  while (gathered.contacts < contactsMax) {
    const rows = await readAfter(db, survey.id, last);
    for (const row of rows) {
      if (last && last.contact_id !== row.contact_id) add(gathered, last, fromScore);
      last = row;
    }
    if (rows.length < answersPerRead) break;
  }
  if (last) add(gathered, last, fromScore);
  return gathered;
}

function readAfter(db: Reader, surveyId: string, last: Row | undefined): Promise<Row[]> {
  const { contact_id: contactId = '', responded_at: respondedAt = '' } = last ?? {};
  return db.query<Row>(sql`
    SELECT nps_response.contact_id, nps_response.score, nps_response.responded_at, contact.attributes
    FROM nps_response JOIN contact ON contact.id = nps_response.contact_id
    WHERE nps_response.survey_id = ${surveyId} AND nps_response.contact_id >= ${contactId}
      AND (nps_response.contact_id > ${contactId} OR nps_response.responded_at > ${respondedAt})
    ORDER BY nps_response.contact_id, nps_response.responded_at LIMIT ${answersPerRead}`);
}

function add(gathered: AttributeTables, { attributes, score }: Row, fromScore: number): void {
  const parsed = typeof attributes === 'string' ? (JSON.parse(attributes) as Record<string, unknown>) : attributes;
  gathered.add({ attributes: parsed, isEnthusiast: score >= fromScore });
}
