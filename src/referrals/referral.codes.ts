import sql, { join } from 'sql-template-tag';
import type { Reader, Transaction } from '../platform/database/database.js';
import { isUniqueViolation, RaceLost } from '../platform/database/errors.js';
import type { BaseContext } from '../platform/graphql/context.js';
import { inOrder, Loader } from '../platform/graphql/loader.js';
import type { Random } from '../platform/random.js';
import { ReferralCode } from './referral.entity.js';
import { ReferralLink } from './referral.results.js';
import { markedUrl } from './referral.sources.js';
import { foldCode, isCode, newCode, spoken } from './spoken-code.js';

const codeOf = new Loader(async (context: BaseContext, ambassadorIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(ReferralCode, sql`WHERE ambassador_id IN (${join([...ambassadorIds])})`),
  );
  return inOrder(ambassadorIds, rows, (row) => row.ambassadorId);
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

  /** What the QR code of a link says. */
  qrUrl(code: string): string {
    return markedUrl(`${this.publicUrl}/r/${spoken(code)}`, 'QR');
  }

  async linkOf(context: BaseContext, ambassadorId: string): Promise<ReferralLink> {
    const row = await codeOf.load(context, ambassadorId);
    if (!row) throw new Error('An ambassador has no code');
    const code = spoken(row.code);
    return Object.assign(new ReferralLink(), { ambassadorId, code, url: `${this.publicUrl}/r/${code}` });
  }
}
