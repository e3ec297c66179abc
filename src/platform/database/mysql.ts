import sql from 'sql-template-tag';
import { DataSource, type DataSourceOptions, type QueryRunner } from 'typeorm';
import type { Engine } from './engine-database.js';

/** The part of a mysql2 pool that is used here. */
interface MysqlPool {
  on(event: 'connection', listener: (connection: { query(text: string): unknown }) => void): void;
  readonly _allConnections: { readonly length: number };
  readonly _freeConnections: { readonly length: number };
  readonly _connectionQueue: { readonly length: number };
}

export function mysqlOptions(url: string, poolSize: number): DataSourceOptions {
  return {
    type: url.startsWith('mariadb:') ? 'mariadb' : 'mysql',
    url: url.replace(/^mariadb:/, 'mysql:'),
    poolSize,
    timezone: 'Z',
    dateStrings: true,
    supportBigNumbers: true,
    charset: 'utf8mb4',
    extra: { enableKeepAlive: true },
  };
}

const sessionSettings = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  "SET SESSION time_zone = '+00:00', sql_mode = 'TRADITIONAL,NO_ENGINE_SUBSTITUTION', innodb_lock_wait_timeout = 10",
];

/** MySQL or MariaDB through mysql2: READ COMMITTED, guarded updates and ordered row locks settle every race. */
export async function openMysql(options: DataSourceOptions): Promise<Engine> {
  const dataSource = await new DataSource(options).initialize();
  await refuseMultiWriter(dataSource);
  const { pool } = dataSource.driver as unknown as { pool: MysqlPool };
  pool.on('connection', (connection) => {
    for (const setting of sessionSettings) connection.query(setting);
  });
  // The one connection that initialize() opened came before the listener.
  for (const setting of sessionSettings) await dataSource.query(setting);
  const withRunner = async <T>(work: (runner: QueryRunner) => Promise<T>): Promise<T> => {
    const runner = dataSource.createQueryRunner();
    try {
      return await work(runner);
    } finally {
      await runner.release();
    }
  };
  return {
    name: 'mysql',
    dataSource,
    begin: 'START TRANSACTION',
    forUpdate: sql`FOR UPDATE`,
    // MariaDB does not know FOR SHARE; MySQL knows both.
    forShare: sql`LOCK IN SHARE MODE`,
    forUpdateSkipLocked: sql`FOR UPDATE SKIP LOCKED`,
    addingTo: (column) => ` ON DUPLICATE KEY UPDATE \`${column}\` = \`${column}\` + VALUES(\`${column}\`)`,
    withReader: withRunner,
    withWriter: withRunner,
    connectionUse: () => ({
      open: pool._allConnections.length,
      idle: pool._freeConnections.length,
      waiting: pool._connectionQueue.length,
    }),
    close: () => dataSource.destroy(),
  };
}

/** Galera with several writers loses acknowledged updates; one writable primary is what the ledger stands on. */
async function refuseMultiWriter(dataSource: DataSource): Promise<void> {
  const rows: readonly { Variable_name: string; Value: string }[] = await dataSource.query(
    "SHOW GLOBAL VARIABLES WHERE Variable_name = 'wsrep_on'",
  );
  const status: readonly { Value: string }[] = await dataSource.query("SHOW GLOBAL STATUS LIKE 'wsrep_cluster_size'");
  if (rows[0]?.Value === 'ON' && Number(status[0]?.Value ?? 0) > 1) {
    throw new Error('This database is a Galera cluster that takes writes on several nodes. Applaus needs one writer.');
  }
}
