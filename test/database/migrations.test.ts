import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { migrations } from '../../migrations/index.js';
import { entities } from '../../src/app/entities.js';
import { readConfig } from '../../src/platform/config.js';
import { dataSourceOptions } from '../../src/platform/database/open.js';
import { databaseSettings, dropDatabase, ensureDatabase } from '../support/databases.js';

const name = `migrations_${process.env.JEST_WORKER_ID ?? '1'}`;
let dataSource: DataSource;

beforeAll(async () => {
  await dropDatabase(name);
  await ensureDatabase(name);
  const config = readConfig({ ...databaseSettings(name), NODE_ENV: 'test', APPLAUS_JWT_SECRET: 'x'.repeat(32) });
  const options = dataSourceOptions(config, { entities, migrations });
  dataSource = await new DataSource(await asTheServerIs(options)).initialize();
});

/** MySQL and MariaDB describe the same table differently; TypeORM compares rightly when it knows which one it is. */
async function asTheServerIs(options: DataSourceOptions): Promise<DataSourceOptions> {
  if (options.type !== 'mysql') return options;
  const probe = await new DataSource(options).initialize();
  const [row]: { version: string }[] = await probe.query('SELECT VERSION() AS version');
  await probe.destroy();
  return row?.version.includes('MariaDB') ? ({ ...options, type: 'mariadb' } as DataSourceOptions) : options;
}

afterAll(async () => {
  await dataSource.destroy();
  await dropDatabase(name);
});

async function drift(): Promise<string[]> {
  const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
  return upQueries.map(({ query }) => query);
}

async function tables(): Promise<string[]> {
  const listing =
    dataSource.options.type === 'better-sqlite3'
      ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
      : 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()';
  const rows: { name: string }[] = await dataSource.query(listing);
  return rows.map((row) => row.name);
}

test('the migrations make exactly the tables that the entities describe', async () => {
  await dataSource.runMigrations();
  expect(await drift()).toEqual([]);
}, 180_000);

test('every migration goes down again and leaves nothing, and up once more', async () => {
  for (const _ of migrations) await dataSource.undoLastMigration();
  expect(await tables()).toEqual(['migration']);
  await dataSource.runMigrations();
  expect(await drift()).toEqual([]);
}, 180_000);
