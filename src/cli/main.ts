import 'reflect-metadata';
import { Command } from 'commander';
import { ConfigError } from '../platform/config.js';
import { CommandRefused } from './command.js';
import { apiKeyCommand } from './commands/api-key.js';
import { boardsCommand } from './commands/boards.js';
import { demoCommand } from './commands/demo.js';
import { importCommand } from './commands/import.js';
import { migrateCommand } from './commands/migrate.js';
import { programCommand } from './commands/program.js';
import { schemaCommand } from './commands/schema.js';
import { tokenCommand } from './commands/token.js';
import { verifyCommand } from './commands/verify.js';

const program = new Command('applaus')
  .description('What can be done with Applaus beside its server, on the same database and with the same settings.')
  .showHelpAfterError('(applaus help shows what there is)')
  .addCommand(tokenCommand())
  .addCommand(apiKeyCommand())
  .addCommand(importCommand())
  .addCommand(programCommand())
  .addCommand(demoCommand())
  .addCommand(migrateCommand())
  .addCommand(boardsCommand())
  .addCommand(verifyCommand())
  .addCommand(schemaCommand());

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${explanation(error)}\n`);
  process.exitCode = 1;
}

/** What a person at a terminal is told: no stack, unless they ask for it with APPLAUS_LOG_LEVEL=debug. */
function explanation(error: unknown): string {
  if (error instanceof CommandRefused || error instanceof ConfigError) return error.message;
  if (!(error instanceof Error)) return `It did not work: ${String(error)}`;
  if (process.env.APPLAUS_LOG_LEVEL === 'debug') return String(error.stack);
  return `It did not work: ${error.message || error.name}`;
}
