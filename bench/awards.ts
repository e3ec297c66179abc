import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import mysql from 'mysql2/promise';
import { pino } from 'pino';
import { startServer } from '../src/app/server.js';
import { readConfig } from '../src/platform/config.js';

/*
 * Awards through the whole API (HTTP, GraphQL, idempotency, ledger, events, boards) against the floor of a bare mysql2
 * transaction that does the same bookkeeping and nothing else, in one run.
 *
 *   npm run bench:awards [-- --awards 4000 --callers 64]        APPLAUS_BENCH_DATABASE_URL: a MySQL server
 */

const option = (name: string, fallback: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const awards = option('awards', 4_000);
const callers = option('callers', 64);
const ambassadorsCount = 500;
const serverUrl = new URL(process.env.APPLAUS_BENCH_DATABASE_URL ?? 'mysql://root@127.0.0.1:3306/');
const databaseName = 'applaus_bench_awards';

const administration = await mysql.createConnection({ uri: serverUrl.href });
await administration.query(`DROP DATABASE IF EXISTS ${databaseName}`);
await administration.query(`CREATE DATABASE ${databaseName}`);
serverUrl.pathname = `/${databaseName}`;

const config = readConfig({
  DATABASE_URL: serverUrl.href,
  NODE_ENV: 'test',
  HOST: '127.0.0.1',
  PORT: '0',
  APPLAUS_DEMO: 'false',
  APPLAUS_RATE_LIMIT_PER_MINUTE: '1000000',
  APPLAUS_JWT_SECRET: randomUUID(),
});
const server = await startServer(config, { log: pino({ level: 'error' }) });
const program = await server.features.programs.create({ slug: 'bench', name: 'Bench' });
const token = await server.features.tokens.sign({ sub: 'bench', role: 'ADMIN', program: program.slug }, 86_400);

async function call(query: string, variables: object): Promise<Record<string, never>> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as { data: Record<string, never>; errors?: unknown };
  if (body.errors) throw new Error(JSON.stringify(body.errors));
  return body.data;
}

/** Does the work that many times from that many callers; answers how many a second. */
async function rate(count: number, work: (index: number) => Promise<unknown>): Promise<number> {
  let next = 0;
  const start = process.hrtime.bigint();
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (next < count) await work(next++);
    }),
  );
  return count / (Number(process.hrtime.bigint() - start) / 1e9);
}

const ids: string[] = [];
await rate(ambassadorsCount, async (index) => {
  const data = await call(
    'mutation ($input: AmbassadorEnrollInput!) { ambassadorEnroll(input: $input) { ... on AmbassadorEnrolled { ambassador { id } } } }',
    { input: { contact: { externalId: `a${index}` }, displayName: `A ${index}` } },
  );
  ids.push((data.ambassadorEnroll as unknown as { ambassador: { id: string } }).ambassador.id);
});

const adjust = (ambassadorId: string | undefined) =>
  call(
    'mutation ($input: PointsAdjustInput!) { pointsAdjust(input: $input) { ... on PointsAdjusted { entry { id } balance { available } } } }',
    { input: { ambassadorId, amountPoints: 10, reason: 'bench', idempotencyKey: randomUUID() } },
  );

const pool = mysql.createPool({ uri: serverUrl.href, connectionLimit: config.APPLAUS_DATABASE_POOL });
await pool.query(`CREATE TABLE bare_balance (id int PRIMARY KEY, points int NOT NULL)`);
await pool.query(`CREATE TABLE bare_transfer (id varchar(36) PRIMARY KEY, holder int NOT NULL, amount int NOT NULL,
  idempotency_key varchar(64) NOT NULL UNIQUE, KEY (holder))`);
await pool.query(
  `CREATE TABLE bare_entry (id varchar(36) PRIMARY KEY, transfer varchar(36) NOT NULL, amount int NOT NULL, KEY (transfer))`,
);
for (let index = 0; index < ambassadorsCount; index++)
  await pool.query('INSERT INTO bare_balance VALUES (?, 0)', [index]);

async function bareAward(holder: number): Promise<void> {
  const connection = await pool.getConnection();
  try {
    const id = randomUUID();
    await connection.query('START TRANSACTION');
    await connection.query('SELECT points FROM bare_balance WHERE id = ? FOR UPDATE', [holder]);
    await connection.query('INSERT INTO bare_transfer VALUES (?, ?, 10, ?)', [id, holder, randomUUID()]);
    await connection.query('INSERT INTO bare_entry VALUES (?, ?, 10), (?, ?, -10)', [
      randomUUID(),
      id,
      randomUUID(),
      id,
    ]);
    await connection.query('UPDATE bare_balance SET points = points + 10 WHERE id = ?', [holder]);
    await connection.query('COMMIT');
  } finally {
    connection.release();
  }
}

const report = (what: string, api: number, bare: number) =>
  process.stdout.write(
    `${what}: ${Math.round(api)} awards/s through the API, ${Math.round(bare)}/s bare, ratio ${(api / bare).toFixed(2)}\n`,
  );

await rate(300, (index) => adjust(ids[index % ids.length]));
const bareDistinct = await rate(awards, (index) => bareAward(index % ambassadorsCount));
const distinct = await rate(awards, (index) => adjust(ids[index % ids.length]));
report(`${callers} callers, ${ambassadorsCount} ambassadors`, distinct, bareDistinct);
const bareHot = await rate(awards / 4, () => bareAward(0));
const hot = await rate(awards / 4, () => adjust(ids[0]));
report(`${callers} callers, one ambassador`, hot, bareHot);

await pool.end();
await server.close();
await administration.query(`DROP DATABASE ${databaseName}`);
await administration.end();
