import sql, { join } from 'sql-template-tag';
import type { Database, Reader, Transaction } from '../platform/database/database.js';
import { isUniqueViolation, RaceLost } from '../platform/database/errors.js';
import type { BaseContext } from '../platform/graphql/context.js';
import { inOrder, Loader } from '../platform/graphql/loader.js';
import type { Random } from '../platform/random.js';
import { ReferralClick, ReferralCode, ReferralTerms } from './referral.entity.js';
import { ReferralLink } from './referral.results.js';
import { foldCode, isCode, newCode, spoken } from './spoken-code.js';

const codeOf = new Loader(async (context: BaseContext, ambassadorIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(ReferralCode, sql`WHERE ambassador_id IN (${join([...ambassadorIds])})`),
  );
  return inOrder(ambassadorIds, rows, (row) => row.ambassadorId);
});

/** Where a link leads. */
export interface FollowedLink {
  readonly code: string;
  /** The program's own page; null where it has none. */
  readonly landingUrl: string | null;
}

/** How often the links of ambassadors were followed. */
export const clicksOf = new Loader(async (context: BaseContext, ambassadorIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.query<{ ambassador_id: string; n: number | string }>(sql`
      SELECT ambassador_id, COUNT(*) AS n FROM referral_click
      WHERE ambassador_id IN (${join([...ambassadorIds])}) GROUP BY ambassador_id`),
  );
  return inOrder(ambassadorIds, rows, (row) => row.ambassador_id).map((row) => Number(row?.n ?? 0));
});

/** What ambassadors are known by when somebody says who sent them. */
export class ReferralCodes {
  constructor(
    private readonly publicUrl: string,
    private readonly random: Random,
  ) {}

  /** Gives an ambassador its code, for ever. */
  async assign(tx: Transaction, programId: string, ambassadorId: string): Promise<void> {
    try {
      await tx.insert(ReferralCode, { ambassadorId, programId, code: newCode(this.random) });
    } catch (error) {
      if (isUniqueViolation(error)) throw new RaceLost('The code belongs to somebody else');
      throw error;
    }
  }

  /** Whose code was typed or heard, in whatever case and with whatever hyphens; of whichever program. */
  async find(db: Reader, typed: string): Promise<ReferralCode | undefined> {
    const code = foldCode(typed);
    return isCode(code) ? db.first(ReferralCode, sql`WHERE code = ${code}`) : undefined;
  }

  /** Somebody follows a link: notes the click, and says where the program wants them. Undefined for no code of ours. */
  async follow(database: Database, typed: string): Promise<FollowedLink | undefined> {
    const code = await database.read((db) => this.find(db, typed));
    if (!code) return undefined;
    const { programId, ambassadorId } = code;
    const terms = await database.transact(async (tx) => {
      await tx.insert(ReferralClick, { id: tx.newId(), programId, ambassadorId, clickedAt: tx.now });
      return tx.first(ReferralTerms, sql`WHERE program_id = ${programId}`);
    });
    return { code: spoken(code.code), landingUrl: terms?.landingUrl ?? null };
  }

  async linkOf(context: BaseContext, ambassadorId: string): Promise<ReferralLink> {
    const row = await codeOf.load(context, ambassadorId);
    if (!row) throw new Error('An ambassador has no code');
    const code = spoken(row.code);
    return Object.assign(new ReferralLink(), { ambassadorId, code, url: `${this.publicUrl}/r/${code}` });
  }
}
