import { Command } from 'commander';
import { CommandRefused, withApplication } from '../command.js';

/** `applaus boards rebuild`: counts a board anew from the ledger, of which it is a pure function. */
export function boardsCommand(): Command {
  const rebuild = new Command('rebuild')
    .description('Counts a leaderboard anew from the ledger, while it can be read and points be posted.')
    .option('--program <slug>', 'the program whose board it is', 'demo')
    .option('--key <key>', 'the key of the board', 'all-time')
    .action(async ({ program: slug, key }: { program: string; key: string }) => {
      await withApplication(async ({ features }) => {
        const program = await features.programs.findBySlug(slug);
        if (!program) throw new CommandRefused(`There is no program "${slug}". Name another one with --program.`);
        const board = await features.boardFill.rebuild(program.id, key);
        if (!board) throw new CommandRefused(`The program "${program.slug}" has no leaderboard "${key}".`);
        process.stdout.write(`The leaderboard "${key}" of "${program.slug}" is what the ledger says.\n`);
      });
    });
  return new Command('boards').description('Leaderboards.').addCommand(rebuild);
}
