import sql, { type Sql } from 'sql-template-tag';
import type { Reader, Transaction } from './database/database.js';
import type { EntityClass } from './database/rows.js';
import { graphqlEnum } from './graphql/enums.js';

export const RetentionKind = graphqlEnum('RetentionKind', 'What a program may forget once it is old enough.', {
  ANSWER_WORDS: 'What people wrote with their scores, and to follow-up questions. The scores stay.',
  DELIVERIES: 'What buyers of a reward alone were given, as a code or a link. The purchase stays.',
  CLICKS:
    'What leads from a click on a link to whoever clicked: its token, its referral, and its moment within a quarter of an hour. The clicks go on being counted.',
  REQUEST_KEYS:
    'Idempotency keys. A request that comes again after that time is done again, so keep them for longer than anybody repeats one.',
  UNCONVERTED_FRIENDS:
    'Friends who were registered, never bought and are not known otherwise: they are erased. That they were registered stays.',
});
export type RetentionKind = keyof typeof RetentionKind;

export const everyRetentionKind = Object.keys(RetentionKind) as readonly RetentionKind[];

/** Rows of one kind that are forgotten when they are old. Their ids sort by time, and each is looked at once. */
export interface RetainedRows<Row extends { readonly id: string }> {
  readonly kind: RetentionKind;
  readonly entity: EntityClass<Row>;
  /** Which rows have something to forget; the caller keeps to the program and the time. */
  readonly where: Sql;
  /** Forgets what there is to forget of some rows of one program. */
  readonly forget: (tx: Transaction, rows: readonly Row[]) => Promise<void>;
}

type AnyRetained = RetainedRows<{ readonly id: string }>;

/** A stretch of time, by the ids that were made in it. */
export interface IdSpan {
  readonly programId: string;
  readonly after: string;
  readonly before: string;
}

/** What can be forgotten by its age. Each feature says it of its own. */
export class Retention {
  private readonly kinds = new Map<RetentionKind, AnyRetained>();

  define<Row extends { readonly id: string }>(rows: RetainedRows<Row>): void {
    if (this.kinds.has(rows.kind)) throw new Error(`There is a retention of ${rows.kind} already`);
    // What is read by an entity is what its own definition looks at.
    this.kinds.set(rows.kind, rows as unknown as AnyRetained);
  }

  /** Forgets the next rows of a span, at most so many; answers the last of them, undefined where there are none left. */
  async forgetSome(tx: Transaction, kind: RetentionKind, span: IdSpan, max: number): Promise<string | undefined> {
    const { entity, where, forget } = this.find(kind);
    const rows = await tx.select(entity, sql`WHERE ${inSpan(span)} AND ${where} ORDER BY id LIMIT ${max}`);
    if (rows.length > 0) await forget(tx, rows);
    return rows.at(-1)?.id;
  }

  /** How many rows of a span would be forgotten. */
  async count(db: Reader, kind: RetentionKind, span: IdSpan): Promise<number> {
    const { entity, where } = this.find(kind);
    return db.count(entity, sql`WHERE ${inSpan(span)} AND ${where}`);
  }

  private find(kind: RetentionKind): AnyRetained {
    const found = this.kinds.get(kind);
    if (!found) throw new Error(`Nobody knows how to forget ${kind}`);
    return found;
  }
}

function inSpan({ programId, after, before }: IdSpan): Sql {
  return sql`program_id = ${programId} AND id > ${after} AND id < ${before}`;
}
