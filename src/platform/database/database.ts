import type { Sql } from 'sql-template-tag';
import type { DataSource } from 'typeorm';
import type { EntityClass, Statement } from './rows.js';

/** What can be asked of the database. Rows come as plain instances of their entity, never hydrated. */
export interface Reader {
  /** Rows of an entity: everything after `SELECT … FROM table`, as in sql`WHERE program_id = ${id}`. */
  select<T extends object>(entity: EntityClass<T>, rest: Sql): Promise<T[]>;
  /** The first of such rows. */
  first<T extends object>(entity: EntityClass<T>, rest: Sql): Promise<T | undefined>;
  /** How many such rows there are. */
  count<T extends object>(entity: EntityClass<T>, rest: Sql): Promise<number>;
  /** Rows of any statement, with what the driver gives: counts and sums may be text, times are text. */
  query<Row extends object>(statement: Statement): Promise<Row[]>;
}

/** One transaction. Who takes it never opens another; all that happens in it commits together or not at all. */
export interface Transaction extends Reader {
  /** The one time of everything that this transaction writes. */
  readonly now: Date;
  /** Ends a SELECT whose rows this transaction is about to change; nothing where writers queue anyway. */
  readonly forUpdate: Sql;
  /**
   * Ends a SELECT of a row that has to stay as it is until this transaction ends: others may read it so, too, and who
   * wants to change it waits. Who holds a row this way does not change it itself, or two such wait for each other.
   */
  readonly forShare: Sql;
  /** The same as `forUpdate`, passing over rows that another transaction holds. */
  readonly forUpdateSkipLocked: Sql;
  newId(): string;
  insert<T extends object>(entity: EntityClass<T>, rows: Partial<T> | readonly Partial<T>[]): Promise<void>;
  /** Inserts rows, and where a row with that key is there, adds the number in `property` to it. */
  accumulate<T extends object>(entity: EntityClass<T>, rows: readonly T[], property: keyof T & string): Promise<void>;
  /** Changes rows and answers how many its WHERE matched. */
  execute(statement: Statement): Promise<number>;
  /** Runs once this transaction is durable; not at all if it rolls back. Must not throw. */
  afterCommit(work: () => void): void;
}

export interface Database {
  readonly engine: 'sqlite' | 'mysql';
  readonly dataSource: DataSource;
  /** Reads what is committed. */
  read<T>(work: (reader: Reader) => Promise<T>): Promise<T>;
  /** Runs `work` in one transaction. Nothing is kept when it throws or answers with a Problem. It may run again from the start when the database gave up a race. */
  transact<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** How busy the connections are, for whoever watches the process. */
  connectionUse(): ConnectionUse;
  close(): Promise<void>;
}

export interface ConnectionUse {
  readonly open: number;
  readonly idle: number;
  /** Callers that wait for a connection, or for their turn to write. */
  readonly waiting: number;
}
