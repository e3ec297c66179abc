import sql from 'sql-template-tag';
import type { RequestContext } from '../identity/session.js';
import type { Database } from '../platform/database/database.js';
import { countsOf } from './ask.candidates.js';
import { AskTally } from './ask.entity.js';
import { expectedAcceptance, oddsOf } from './ask.posterior.js';
import { AskArm, AskGroup } from './ask.results.js';

/** Groups that are shown, those that were asked most first. */
const groupsMax = 50;

/** What a program learnt of its asks. */
export class AskLearning {
  constructor(private readonly database: Database) {}

  async groups(context: RequestContext): Promise<AskGroup[]> {
    context.session.require('ask.list');
    const programId = context.session.program.id;
    return this.database.read(async (db) => {
      const keys = await db.query<{ group_key: string }>(sql`
        SELECT group_key FROM ask_tally WHERE program_id = ${programId} AND outcome = 'ASKED'
        GROUP BY group_key ORDER BY SUM(asks) DESC, group_key LIMIT ${groupsMax}`);
      const groups: AskGroup[] = [];
      for (const { group_key: key } of keys) {
        const counts = await countsOf(db, programId, key);
        const inGroup = sql`WHERE program_id = ${programId} AND group_key = ${key} AND outcome = 'ASKED'`;
        const kinds = (await db.select(AskTally, inGroup)).map(({ kind }) => kind);
        const odds = oddsOf(kinds.map(counts));
        const arms = kinds.map((kind, index) => {
          const expected = { expectedAcceptance: expectedAcceptance(counts(kind)), probability: odds[index] };
          return Object.assign(new AskArm(), { kind, ...counts(kind), ...expected });
        });
        arms.sort((a, b) => b.expectedAcceptance - a.expectedAcceptance || a.kind.localeCompare(b.kind));
        groups.push(Object.assign(new AskGroup(), { key, arms }));
      }
      return groups;
    });
  }
}
