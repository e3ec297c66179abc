import { Command } from 'commander';
import { CommandRefused, withApplication } from '../command.js';

interface CreateOptions {
  readonly program: string;
  readonly name: string;
}

/** `applaus api-key …`: keys for servers of a program's owner, before any admin can sign in. */
export function apiKeyCommand(): Command {
  return new Command('api-key')
    .description('Keys by which servers of a program prove themselves.')
    .addCommand(
      new Command('create')
        .description('Makes a key and prints it. It is shown this once.')
        .requiredOption('--program <slug>', 'the program it is for', 'demo')
        .requiredOption('--name <name>', 'what it is for, as in shop')
        .action(create),
    );
}

async function create({ program: slug, name }: CreateOptions): Promise<void> {
  await withApplication(async ({ features }) => {
    const program = await features.programs.findBySlug(slug);
    if (!program) throw new CommandRefused(`There is no program ${slug}.`);
    const { secret } = await features.apiKeys.create(program.id, name);
    process.stdout.write(`${secret}\n`);
  });
}
