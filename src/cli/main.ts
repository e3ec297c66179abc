import 'reflect-metadata';
import { Command } from 'commander';
import { ConfigError } from '../platform/config.js';
import { CommandRefused } from './command.js';
import { importCommand } from './commands/import.js';
import { verifyCommand } from './commands/verify.js';

const program = new Command('applaus')
  .description('What can be done with Applaus beside its server, on the same database and with the same settings.')
  .showHelpAfterError('(applaus help shows what there is)')
  .addCommand(importCommand())
  .addCommand(verifyCommand());

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommandRefused || error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
