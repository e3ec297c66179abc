import sql from 'sql-template-tag';
import type { RequestContext } from '../identity/session.js';
import type { Database, Reader } from '../platform/database/database.js';
import { TeamTerms } from './team.entity.js';
import type { TeamTermsSetInput } from './team.inputs.js';

/** The rules of a program for teams. */
export class TeamTermsService {
  constructor(private readonly database: Database) {}

  /** The rules as they are; those that every program begins with where nobody has said. */
  async of(db: Reader, programId: string): Promise<TeamTerms> {
    const known = await db.first(TeamTerms, sql`WHERE program_id = ${programId}`);
    return known ?? Object.assign(new TeamTerms(), { programId, ambassadorsMayCreate: false, membersMax: 50 });
  }

  async set(context: RequestContext, input: TeamTermsSetInput): Promise<TeamTerms> {
    context.session.require('program.update');
    const programId = context.session.program.id;
    return this.database.transact(async (tx) => {
      // Held so that two who say it at once take turns.
      await tx.query(sql`SELECT id FROM program WHERE id = ${programId} ${tx.forUpdate}`);
      const known = await this.of(tx, programId);
      const terms = Object.assign(new TeamTerms(), {
        programId,
        ambassadorsMayCreate: input.ambassadorsMayCreate ?? known.ambassadorsMayCreate,
        membersMax: input.membersMax ?? known.membersMax,
      });
      await tx.execute(sql`DELETE FROM team_terms WHERE program_id = ${programId}`);
      await tx.insert(TeamTerms, terms);
      return terms;
    });
  }
}
