import { Command, InvalidArgumentError } from 'commander';
import { CommandRefused, withApplication } from '../command.js';

const nameLengthMax = 80;

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
        .option('--program <slug>', 'the program it is for', 'demo')
        .requiredOption('--name <name>', `what it is for, as in shop; at most ${nameLengthMax} characters`, parseName)
        .action(create),
    );
}

function parseName(text: string): string {
  const name = text.trim();
  if (name.length < 1 || name.length > nameLengthMax) {
    throw new InvalidArgumentError(`It has to have 1 to ${nameLengthMax} characters.`);
  }
  return name;
}

async function create({ program: slug, name }: CreateOptions): Promise<void> {
  await withApplication(async ({ features }) => {
    const program = await features.programs.findBySlug(slug);
    if (!program) throw new CommandRefused(`There is no program "${slug}". Name another one with --program.`);
    const { secret } = await features.apiKeys.create(program.id, name);
    process.stdout.write(`${secret}\n`);
  });
}
