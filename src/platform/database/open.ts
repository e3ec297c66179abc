import path from 'node:path';
import type { DataSourceOptions } from 'typeorm';
import type { Clock } from '../clock.js';
import type { Config } from '../config.js';
import type { Random } from '../random.js';
import type { Database } from './database.js';
import { EngineDatabase } from './engine-database.js';
import { mysqlOptions, openMysql } from './mysql.js';
import { openSqlite, sqliteOptions } from './sqlite.js';
import { migrate } from './start-lock.js';

type Where = Pick<Config, 'DATABASE_URL' | 'APPLAUS_DATA_DIR' | 'APPLAUS_DATABASE_POOL'>;
type Schema = Pick<DataSourceOptions, 'entities' | 'migrations'>;

/** TypeORM's options for the configured database: the server and TypeORM's own command line use the same. */
export function dataSourceOptions(config: Where, schema: Schema): DataSourceOptions {
  const engine = config.DATABASE_URL
    ? mysqlOptions(config.DATABASE_URL, config.APPLAUS_DATABASE_POOL)
    : sqliteOptions(path.join(config.APPLAUS_DATA_DIR, 'applaus.sqlite'));
  return { ...engine, ...schema, migrationsTableName: 'migration', migrationsTransactionMode: 'each', logging: false };
}

/** Opens the configured database and brings it up to the newest migration. */
export async function openDatabase(config: Where, schema: Schema, clock: Clock, random: Random): Promise<Database> {
  const options = dataSourceOptions(config, schema);
  const engine = config.DATABASE_URL ? await openMysql(options) : await openSqlite(options);
  await migrate(engine.dataSource);
  return new EngineDatabase(engine, clock, random);
}
