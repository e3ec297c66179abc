import { Command } from 'commander';
import { verify } from '../../app/invariants.js';
import { CommandRefused, withApplication } from '../command.js';

/** `applaus verify`: checks on the live database what must always be true, and prints each. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description('Checks on the live database what must always be true; fails when something does not hold.')
    .action(async () => {
      const broken = await withApplication(async ({ platform }) => {
        const checked = await verify(platform.database);
        for (const { invariant, violations } of checked) {
          const verdict = violations.length === 0 ? 'holds ' : 'BROKEN';
          process.stdout.write(`${String(invariant.number).padStart(2)}  ${verdict}  ${invariant.sentence}\n`);
          for (const violation of violations) process.stdout.write(`            ${violation}\n`);
        }
        return checked.filter(({ violations }) => violations.length > 0).length;
      });
      if (broken > 0) throw new CommandRefused(`${broken} of what must always be true does not hold.`);
    });
}
