import { Command } from 'commander';

/** `applaus import …`: brings in what other systems know. */
export function importCommand(): Command {
  return new Command('import').description('Brings in what other systems know.');
}
