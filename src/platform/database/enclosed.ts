import type { Sql } from 'sql-template-tag';
import type { Clock } from '../clock.js';
import { IdSource } from '../ids.js';
import type { Random } from '../random.js';
import type { Database, Transaction } from './database.js';
import type { EntityClass, Statement } from './rows.js';

/** What a service takes for a transaction of its own: a part of the one around it, with a time of its own. */
class Step implements Transaction {
  readonly forUpdate: Sql;
  readonly forShare: Sql;
  readonly forUpdateSkipLocked: Sql;

  constructor(
    private readonly outer: Transaction,
    readonly now: Date,
    private readonly ids: IdSource,
  ) {
    this.forUpdate = outer.forUpdate;
    this.forShare = outer.forShare;
    this.forUpdateSkipLocked = outer.forUpdateSkipLocked;
  }

  newId(): string {
    return this.ids.next();
  }
  select<T extends object>(entity: EntityClass<T>, rest: Sql): Promise<T[]> {
    return this.outer.select(entity, rest);
  }
  first<T extends object>(entity: EntityClass<T>, rest: Sql): Promise<T | undefined> {
    return this.outer.first(entity, rest);
  }
  count<T extends object>(entity: EntityClass<T>, rest: Sql): Promise<number> {
    return this.outer.count(entity, rest);
  }
  query<Row extends object>(statement: Statement): Promise<Row[]> {
    return this.outer.query(statement);
  }
  insert<T extends object>(entity: EntityClass<T>, rows: Partial<T> | readonly Partial<T>[]): Promise<void> {
    return this.outer.insert(entity, rows);
  }
  accumulate<T extends object>(entity: EntityClass<T>, rows: readonly T[], property: keyof T & string): Promise<void> {
    return this.outer.accumulate(entity, rows, property);
  }
  execute(statement: Statement): Promise<number> {
    return this.outer.execute(statement);
  }
  afterCommit(work: () => void): void {
    this.outer.afterCommit(work);
  }
}

/**
 * An open transaction in the shape of a database: services work on it as ever, and all they do commits together or not
 * at all. Time and ids come from the given clock and chance. A step that ends in a Problem is not undone by itself:
 * whoever encloses has to give up the whole.
 */
export function enclose(database: Database, outer: Transaction, clock: Clock, random: Random): Database {
  const ids = new IdSource(clock, random);
  return {
    engine: database.engine,
    dataSource: database.dataSource,
    read: (work) => work(outer),
    transact: (work) => work(new Step(outer, clock.now(), ids)),
    connectionUse: () => database.connectionUse(),
    close: async () => {},
  };
}
