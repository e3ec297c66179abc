import sql, { join } from 'sql-template-tag';
import type { Reader, Transaction } from '../platform/database/database.js';
import { isUniqueViolation, RaceLost } from '../platform/database/errors.js';
import type { Sealer } from '../platform/sealed.js';
import { SuppressedAddress } from './erasure.entity.js';

/** Addresses that nothing is sent to any more, though nobody knows whose they are. */
export class Suppressions {
  constructor(private readonly sealer: Sealer) {}

  /** Whether there is a key: without one an address cannot be remembered without being kept. */
  get isReady(): boolean {
    return this.sealer.isReady;
  }

  async add(tx: Transaction, programId: string, email: string): Promise<void> {
    if ((await this.among(tx, programId, [email])).size > 0) return;
    const [hash] = this.hashesOf(email);
    try {
      await tx.insert(SuppressedAddress, { id: tx.newId(), programId, hash, suppressedAt: tx.now });
    } catch (error) {
      if (isUniqueViolation(error)) throw new RaceLost('The address was suppressed at the same moment');
      throw error;
    }
  }

  /** Which of these addresses are suppressed. */
  async among(db: Reader, programId: string, emails: readonly string[]): Promise<ReadonlySet<string>> {
    if (emails.length === 0 || !this.isReady) return new Set();
    const emailOf = new Map(emails.flatMap((email) => this.hashesOf(email).map((hash) => [hash, email] as const)));
    const rows = await db.select(
      SuppressedAddress,
      sql`WHERE program_id = ${programId} AND hash IN (${join([...emailOf.keys()])})`,
    );
    return new Set(rows.flatMap(({ hash }) => emailOf.get(hash) ?? []));
  }

  private hashesOf(email: string): readonly [string, ...string[]] {
    return this.sealer.fingerprints(email.toLowerCase(), 'suppressedAddress');
  }
}
