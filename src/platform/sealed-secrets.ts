import { randomBytes } from 'node:crypto';
import sql, { raw } from 'sql-template-tag';
import { z } from 'zod';
import { IdColumn, Optional, Stored } from './database/columns.js';
import type { Database, Transaction } from './database/database.js';
import type { EntityClass } from './database/rows.js';
import { resealSome } from './resealing.js';
import type { Sealer } from './sealed.js';

/** Secrets of one owner that work at the same time; beyond it the oldest end. */
const secretsMax = 5;
const resealedAtOnce = 100;
const secretBytes = 32;

/** A secret that somebody outside signs with, in the table of the feature that listens to them. */
export abstract class SealedSecret {
  @IdColumn()
  readonly id: string;

  @Stored('text', 'sealed_secret')
  readonly sealedSecret: string;

  /** The key that sealed it. */
  @Stored('key', 'key_id')
  readonly keyId: string;

  @Stored('time', 'created_at')
  readonly createdAt: Date;

  /** When it stops working; null for the newest. */
  @Optional('time', 'expires_at')
  readonly expiresAt: Date | null;
}

const hourMilliseconds = 3_600_000;
const hoursMax = 168;
const hoursUsual = 24;

/** For how many hours a secret works on once it is replaced; by itself a day, at most a week. */
export const previousWorksHoursRule = z.number().int().min(0).max(hoursMax, `must be ${hoursMax} or less`).nullish();

/** Until when that is. */
export function previousWorksUntil(now: Date, hours: number | null | undefined): Date {
  return new Date(now.getTime() + (hours ?? hoursUsual) * hourMilliseconds);
}

/** A secret of 256 bits as Standard Webhooks writes them. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(secretBytes).toString('base64')}`;
}

/** The secrets of one table: sealed, and replaced so that the one before works on for a while. */
export class SealedSecrets<Row extends SealedSecret> {
  /** @param place the table of the entity, the column that says whose a secret is, and what its seals are tied to */
  constructor(
    private readonly database: Database,
    private readonly sealer: Sealer,
    private readonly entity: EntityClass<Row>,
    private readonly place: { readonly table: string; readonly ownerColumn: string; readonly name: string },
  ) {}

  /** Whether there is a key; without one no secret can be kept. */
  get isReady(): boolean {
    return this.sealer.isReady;
  }

  /**
   * Takes a secret in place of the one before.
   * @param until when the one before stops working
   * @param rest what a row says beside its secret: whose it is
   */
  async replace(
    tx: Transaction,
    ownerId: string,
    { secret, until, rest }: { readonly secret: string; readonly until: Date; readonly rest: Partial<Row> },
  ): Promise<void> {
    const { table, ownerColumn } = this.place;
    const ofOwner = sql`${raw(ownerColumn)} = ${ownerId}`;
    await tx.execute(sql`
      UPDATE ${raw(table)} SET expires_at = ${until}
      WHERE ${ofOwner} AND (expires_at IS NULL OR expires_at > ${until})`);
    await tx.execute(sql`DELETE FROM ${raw(table)} WHERE ${ofOwner} AND expires_at <= ${tx.now}`);
    const id = tx.newId();
    const sealedSecret = this.sealer.seal(secret, this.placeOf(id));
    const row = { ...rest, id, sealedSecret, keyId: this.sealer.keyId, createdAt: tx.now };
    await tx.insert(this.entity, row as unknown as Partial<Row>);
  }

  /** The secrets of an owner that work at that time, the newest first. */
  async validAt(ownerId: string, now: Date): Promise<readonly string[]> {
    const rows = await this.database.read((db) =>
      db.select(
        this.entity,
        sql`WHERE ${raw(this.place.ownerColumn)} = ${ownerId} AND (expires_at IS NULL OR expires_at > ${now})
          ORDER BY id DESC LIMIT ${secretsMax}`,
      ),
    );
    return rows.map((row) => this.sealer.open(row.sealedSecret, this.placeOf(row.id)));
  }

  /** Seals anew some secrets that another key than the newest sealed; answers how many. */
  resealSome(): Promise<number> {
    const { database, sealer, entity, place } = this;
    return resealSome(database, sealer, {
      entity,
      rowsMax: resealedAtOnce,
      reseal: (tx, { id, sealedSecret }) => {
        const sealed = sealer.seal(sealer.open(sealedSecret, this.placeOf(id)), this.placeOf(id));
        return tx.execute(sql`
          UPDATE ${raw(place.table)} SET sealed_secret = ${sealed}, key_id = ${sealer.keyId} WHERE id = ${id}`);
      },
    });
  }

  private placeOf(secretId: string): string {
    return `${this.place.name}:${secretId}`;
  }
}
