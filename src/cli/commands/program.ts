import { Command } from 'commander';
import { isUniqueViolation } from '../../platform/database/errors.js';
import { newProgram } from '../../programs/program.inputs.js';
import type { NewProgram } from '../../programs/program.service.js';
import { CommandRefused, withApplication } from '../command.js';

/** `applaus program create`: begins a program. There is no such mutation, as no caller stands above all programs. */
export function programCommand(): Command {
  const create = new Command('create')
    .description('Begins a program.')
    .requiredOption('--slug <slug>', 'its name for programs and addresses: small letters, digits and hyphens')
    .requiredOption('--name <name>', 'its name for people')
    .option('--time-zone <zone>', 'IANA time zone in which its weeks and months begin', 'UTC')
    .action(async (options: NewProgram) => {
      const parsed = newProgram.safeParse(options);
      if (!parsed.success) {
        throw new CommandRefused(
          parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'),
        );
      }
      await withApplication(async ({ features }) => {
        const program = await features.programs.create(parsed.data).catch((error: unknown) => {
          if (isUniqueViolation(error)) throw new CommandRefused(`There is a program "${options.slug}" already.`);
          throw error;
        });
        process.stdout.write(`The program "${program.slug}" has begun.\n`);
      });
    });
  return new Command('program').description('Programs: one for each brand.').addCommand(create);
}
