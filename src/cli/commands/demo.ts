import { Command } from 'commander';
import { CommandRefused, withApplication } from '../command.js';

/** `applaus demo`: what the server does by itself on its first start in development. */
export function demoCommand(): Command {
  return new Command('demo')
    .description('Fills an empty database with the demo program: twelve months of the life of a brand.')
    .action(async () => {
      // Loaded only for this: the names alone take longer than all other commands.
      const { seedDemo } = await import('../../app/demo/seed.js');
      const made = await withApplication(({ platform }) => seedDemo(platform));
      if (!made) throw new CommandRefused('There is a program already; the demo needs an empty database.');
      process.stdout.write('The demo program is there. Its slug is "demo".\n');
    });
}
