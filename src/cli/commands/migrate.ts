import { Command } from 'commander';
import { DataSource } from 'typeorm';
import { migrations } from '../../../migrations/index.js';
import { entities } from '../../app/entities.js';
import { readConfig } from '../../platform/config.js';
import { dataSourceOptions } from '../../platform/database/open.js';
import { migrate } from '../../platform/database/start-lock.js';

/** `applaus migrate`: the steps of the database's schema. The server takes those that are missing when it starts. */
export function migrateCommand(): Command {
  return new Command('migrate')
    .description("The steps of the database's schema; the server takes the missing ones when it starts.")
    .addCommand(new Command('up').description('Takes every step that is missing.').action(() => withDataSource(up)))
    .addCommand(
      new Command('down')
        .description('Takes back the newest step, with all that is stored in its tables.')
        .action(() => withDataSource(down)),
    )
    .addCommand(new Command('status').description('Says which steps are taken.').action(() => withDataSource(status)));
}

async function up(dataSource: DataSource): Promise<void> {
  const taken = await migrate(dataSource);
  for (const { name } of taken) print(`up    ${name}`);
  print(taken.length === 0 ? 'The database is up to date.' : `${taken.length} steps taken.`);
}

async function down(dataSource: DataSource): Promise<void> {
  const [newest] = await takenSteps(dataSource);
  if (newest === undefined) return print('There is nothing to take back.');
  await dataSource.undoLastMigration();
  print(`down  ${newest}`);
}

async function status(dataSource: DataSource): Promise<void> {
  const taken = new Set(await takenSteps(dataSource));
  for (const { name } of migrations) print(`${taken.has(name) ? 'taken  ' : 'missing'} ${name}`);
}

/** The names of the steps that the database has, newest first. */
async function takenSteps(dataSource: DataSource): Promise<string[]> {
  const runner = dataSource.createQueryRunner();
  try {
    if (!(await runner.hasTable('migration'))) return [];
    const rows: readonly { name: string }[] = await runner.query('SELECT name FROM migration ORDER BY id DESC');
    return rows.map(({ name }) => name);
  } finally {
    await runner.release();
  }
}

async function withDataSource(work: (dataSource: DataSource) => Promise<void>): Promise<void> {
  const options = dataSourceOptions(readConfig(process.env), { entities, migrations });
  const dataSource = await new DataSource(options).initialize();
  try {
    await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
