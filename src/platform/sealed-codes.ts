import sql, { join, raw } from 'sql-template-tag';
import type { Database, Transaction } from './database/database.js';
import { isUniqueViolation, RaceLost } from './database/errors.js';
import { listsOf } from './database/lists.js';
import type { EntityClass } from './database/rows.js';
import { resealSome } from './resealing.js';
import type { Sealer } from './sealed.js';

const resealedAtOnce = 200;

/** A code that is worth something to whoever knows it, in the table of the feature that gives it out. */
export interface SealedCode {
  readonly id: string;
  readonly programId: string;
  /** Tells equal codes apart without opening them; unique in the program. */
  readonly fingerprint: string;
  /** The code, sealed; null once it has been wiped. */
  readonly sealedCode: string | null;
  /** The key that sealed it; null once it has been wiped. */
  readonly keyId: string | null;
  readonly state: string;
}

/** The codes of one table: sealed when they come, each in its program once, opened for whom they are meant. */
export class SealedCodes<Code extends SealedCode> {
  /** @param table where the entity is kept, with the columns of a SealedCode */
  constructor(
    private readonly database: Database,
    private readonly sealer: Sealer,
    private readonly entity: EntityClass<Code>,
    private readonly table: string,
  ) {}

  /** Whether there is a key; without one no code can be kept. */
  get isReady(): boolean {
    return this.sealer.isReady;
  }

  /**
   * Adds codes, free for whoever is next; those that the program has in this table already are passed over. Answers how
   * many are new.
   * @param rest what a row says beside its code
   */
  async add(tx: Transaction, programId: string, codes: readonly string[], rest: Partial<Code>): Promise<number> {
    const fresh = await this.freshOf(tx, programId, codes);
    const rows = fresh.map(([fingerprint, code]) => {
      const id = tx.newId();
      const sealedCode = this.sealer.seal(code, placeOf(id));
      return { ...rest, id, programId, fingerprint, sealedCode, keyId: this.sealer.keyId, state: 'FREE' };
    });
    try {
      await tx.insert(this.entity, rows as unknown as Partial<Code>[]);
    } catch (error) {
      if (isUniqueViolation(error)) throw new RaceLost('The same code was loaded at the same moment');
      throw error;
    }
    return fresh.length;
  }

  /** The code itself. */
  open({ id, sealedCode }: SealedCode): string {
    if (sealedCode === null) throw new Error('A code that was wiped cannot be opened');
    return this.sealer.open(sealedCode, placeOf(id));
  }

  /** Seals anew some codes that another key than the newest sealed; answers how many. */
  resealSome(): Promise<number> {
    const { database, sealer, entity } = this;
    return resealSome(database, sealer, {
      entity,
      rowsMax: resealedAtOnce,
      reseal: (tx, sealed) => {
        const code = this.open(sealed);
        return tx.execute(sql`
          UPDATE ${raw(this.table)} SET sealed_code = ${sealer.seal(code, placeOf(sealed.id))}, key_id = ${sealer.keyId},
            fingerprint = ${this.fingerprintsOf(code)[0]}
          WHERE id = ${sealed.id}`);
      },
    });
  }

  /** The codes that the program does not have yet, each once, with the fingerprint that it will be known by. */
  private async freshOf(tx: Transaction, programId: string, codes: readonly string[]): Promise<[string, string][]> {
    const wanted = new Map(codes.map((code) => [this.fingerprintsOf(code)[0], code]));
    const known = new Set<string>();
    for (const list of listsOf([...wanted.values()].flatMap((code) => this.fingerprintsOf(code)))) {
      const rows = await tx.query<{ fingerprint: string }>(sql`
        SELECT fingerprint FROM ${raw(this.table)} WHERE program_id = ${programId} AND fingerprint IN (${join(list)})`);
      for (const { fingerprint } of rows) known.add(fingerprint);
    }
    return [...wanted].filter(([, code]) => !this.fingerprintsOf(code).some((each) => known.has(each)));
  }

  private fingerprintsOf(code: string): readonly [string, ...string[]] {
    return this.sealer.fingerprints(code, 'voucher');
  }
}

function placeOf(codeId: string): string {
  return `voucher:${codeId}`;
}
