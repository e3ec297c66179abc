import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from 'sql-template-tag';
import type { DataSource, QueryRunner } from 'typeorm';
import type { Clock } from '../clock.js';
import { Problem } from '../graphql/problem.js';
import { IdSource } from '../ids.js';
import type { Random } from '../random.js';
import type { ConnectionUse, Database, Reader, Transaction } from './database.js';
import { isTransient } from './errors.js';
import { type EntityClass, encodeValue, RowMaps, type Statement } from './rows.js';

/** What the two engines do differently; everything else is written once, here. */
export interface Engine {
  readonly name: 'sqlite' | 'mysql';
  readonly dataSource: DataSource;
  /** A connection that sees only what is committed. */
  withReader<T>(work: (runner: QueryRunner) => Promise<T>): Promise<T>;
  /** A connection of the caller's own until `work` ends; on SQLite this is where writers queue. */
  withWriter<T>(work: (runner: QueryRunner) => Promise<T>): Promise<T>;
  readonly begin: string;
  readonly forUpdate: Sql;
  readonly forShare: Sql;
  readonly forUpdateSkipLocked: Sql;
  /** Ends an INSERT that adds to the rows that are there already. */
  addingTo(column: string): string;
  connectionUse(): ConnectionUse;
  close(): Promise<void>;
}

const attemptsMax = 12;
const backoffMillisecondsMax = 200;
/**
 * Many rows go in by statements of these lengths, so that few texts occur: a prepared statement of thousands of rows
 * weighs megabytes, and a cache of such would outgrow the process. Far below what a statement may hold (SQLite 32,766
 * values, MySQL 65,535).
 */
const rowsPerStatement = [256, 64] as const;

class RunnerReader implements Reader {
  constructor(
    protected readonly runner: QueryRunner,
    protected readonly maps: RowMaps,
  ) {}

  async select<T extends object>(entity: EntityClass<T>, rest: Sql): Promise<T[]> {
    const map = this.maps.of(entity);
    const rows = await this.run(`${map.select} ${rest.sql}`, rest.values);
    return rows.records.map((row: Record<string, unknown>) => map.read(row));
  }

  async first<T extends object>(entity: EntityClass<T>, rest: Sql): Promise<T | undefined> {
    return (await this.select(entity, rest))[0];
  }

  async count<T extends object>(entity: EntityClass<T>, rest: Sql): Promise<number> {
    const { records } = await this.run(
      `SELECT COUNT(*) AS n FROM ${this.maps.of(entity).table} ${rest.sql}`,
      rest.values,
    );
    return Number(records[0].n);
  }

  async query<Row extends object>(statement: Statement): Promise<Row[]> {
    return (await this.run(statement.sql, statement.values)).records as Row[];
  }

  protected run(text: string, values: readonly unknown[]) {
    return this.runner.query(text, values.map(encodeValue), true);
  }
}

class RunnerTransaction extends RunnerReader implements Transaction {
  readonly forUpdate: Sql;
  readonly forShare: Sql;
  readonly forUpdateSkipLocked: Sql;
  private readonly afterCommits: (() => void)[] = [];

  constructor(
    runner: QueryRunner,
    maps: RowMaps,
    private readonly engine: Engine,
    readonly now: Date,
    private readonly ids: IdSource,
  ) {
    super(runner, maps);
    this.forUpdate = engine.forUpdate;
    this.forShare = engine.forShare;
    this.forUpdateSkipLocked = engine.forUpdateSkipLocked;
  }

  newId(): string {
    return this.ids.next();
  }

  insert<T extends object>(entity: EntityClass<T>, rows: Partial<T> | readonly Partial<T>[]): Promise<void> {
    return this.insertAll(entity, Array.isArray(rows) ? rows : [rows], '');
  }

  accumulate<T extends object>(entity: EntityClass<T>, rows: readonly T[], property: keyof T & string): Promise<void> {
    return this.insertAll(entity, rows, this.engine.addingTo(this.maps.of(entity).columnOf(property)));
  }

  private async insertAll<T extends object>(
    entity: EntityClass<T>,
    all: readonly Partial<T>[],
    ending: string,
  ): Promise<void> {
    const map = this.maps.of(entity);
    for (let start = 0; start < all.length; ) {
      const left = all.length - start;
      const count = rowsPerStatement.find((length) => length <= left) ?? left;
      const { sql, values } = map.insert(all.slice(start, start + count));
      await this.runner.query(sql + ending, values, true);
      start += count;
    }
  }

  async execute(statement: Statement): Promise<number> {
    const result = await this.run(statement.sql, statement.values);
    return result.affected ?? 0;
  }

  afterCommit(work: () => void): void {
    this.afterCommits.push(work);
  }

  committed(): void {
    for (const work of this.afterCommits) work();
  }
}

/** Two databases, one behaviour: reads see what is committed, writers are atomic, lost races are run again. */
export class EngineDatabase implements Database {
  readonly engine: 'sqlite' | 'mysql';
  readonly dataSource: DataSource;
  private readonly maps: RowMaps;
  private readonly ids: IdSource;

  constructor(
    private readonly connections: Engine,
    private readonly clock: Clock,
    random: Random,
  ) {
    this.engine = connections.name;
    this.dataSource = connections.dataSource;
    this.maps = new RowMaps(connections.dataSource);
    this.ids = new IdSource(clock, random);
  }

  read<T>(work: (reader: Reader) => Promise<T>): Promise<T> {
    return this.connections.withReader((runner) => work(new RunnerReader(runner, this.maps)));
  }

  async transact<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (attempt >= attemptsMax || !isTransient(error)) throw error;
        await sleep(Math.random() * Math.min(backoffMillisecondsMax, 2 ** attempt));
      }
    }
  }

  connectionUse(): ConnectionUse {
    return this.connections.connectionUse();
  }

  close(): Promise<void> {
    return this.connections.close();
  }

  private attempt<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.connections.withWriter(async (runner) => {
      const tx = new RunnerTransaction(runner, this.maps, this.connections, this.clock.now(), this.ids);
      await runner.query(this.connections.begin);
      let result: T;
      try {
        result = await work(tx);
      } catch (error) {
        // The connection may be gone, and with it the transaction: the first error is the one to report.
        await runner.query('ROLLBACK').catch(() => undefined);
        throw error;
      }
      if (result instanceof Problem) {
        await runner.query('ROLLBACK');
        return result;
      }
      try {
        await runner.query('COMMIT');
      } catch (error) {
        await runner.query('ROLLBACK').catch(() => undefined);
        throw new CommitUncertain(error);
      }
      tx.committed();
      return result;
    });
  }
}

/** The connection broke during COMMIT: it may or may not have happened, so it is never run again by itself. */
export class CommitUncertain extends Error {
  constructor(cause: unknown) {
    super('The commit was not acknowledged', { cause });
  }
}
