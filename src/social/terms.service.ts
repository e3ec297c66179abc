import sql, { join } from 'sql-template-tag';
import type { RequestContext } from '../identity/session.js';
import type { Database, Reader } from '../platform/database/database.js';
import type { BaseContext } from '../platform/graphql/context.js';
import { Loader } from '../platform/graphql/loader.js';
import { InputInvalid } from '../platform/graphql/problem.js';
import { defaultTerms, SocialTerms } from './terms.entity.js';
import type { SocialTermsSetInput } from './terms.inputs.js';

/** How ambassadors of a program see each other's deeds. */
export const socialTermsOf = new Loader(async (context: BaseContext, programIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(SocialTerms, sql`WHERE program_id IN (${join([...programIds])})`),
  );
  const known = new Map(rows.map((row) => [row.programId, row]));
  return programIds.map((id) => known.get(id) ?? defaultTerms(id));
});

/** The same within a transaction, or where there is no request. */
export async function termsIn(reader: Reader, programId: string): Promise<SocialTerms> {
  return (await reader.first(SocialTerms, sql`WHERE program_id = ${programId}`)) ?? defaultTerms(programId);
}

/** What a program settles about its feed and kudos. */
export class SocialTermsService {
  constructor(private readonly database: Database) {}

  /** Changes what is given; the rest stays. */
  async set(context: RequestContext, input: SocialTermsSetInput): Promise<SocialTerms | InputInvalid> {
    context.session.require('program.update');
    const programId = context.session.program.id;
    const result = await this.database.transact(async (tx) => {
      // Held so that two who say it at once take turns.
      await tx.query(sql`SELECT id FROM program WHERE id = ${programId} ${tx.forUpdate}`);
      const before = await termsIn(tx, programId);
      const terms = Object.assign(new SocialTerms(), before, {
        feedOn: input.feedOn ?? before.feedOn,
        keptDays: input.keptDays ?? before.keptDays,
        kudosPerDayMax: input.kudosPerDayMax ?? before.kudosPerDayMax,
        kudosPoints: input.kudosPoints ?? before.kudosPoints,
        kudosPointsPerDayMax: input.kudosPointsPerDayMax ?? before.kudosPointsPerDayMax,
      });
      if (terms.kudosPointsPerDayMax < terms.kudosPoints) {
        return InputInvalid.at(['kudosPointsPerDayMax'], `must not be less than kudos bring: ${terms.kudosPoints}`);
      }
      await tx.execute(sql`DELETE FROM social_terms WHERE program_id = ${programId}`);
      await tx.insert(SocialTerms, terms);
      return terms;
    });
    socialTermsOf.clear(context);
    return result;
  }
}
