import { Command, InvalidArgumentError, Option } from 'commander';
import type { Features } from '../../app/features.js';
import { type TokenRole, tokenRoles } from '../../identity/tokens.js';
import type { Config } from '../../platform/config.js';
import type { Program } from '../../programs/program.entity.js';
import { CommandRefused, withApplication } from '../command.js';

const daysMax = 3_650;
const secondsPerDay = 86_400;

interface TokenOptions {
  readonly role: TokenRole;
  readonly program: string;
  readonly sub?: string;
  readonly days: number;
  readonly allowProduction?: true;
}

/** `applaus token`: prints a bearer token, and nothing else, so that a shell can take it. */
export function tokenCommand(): Command {
  return new Command('token')
    .description('Prints a bearer token for the API; needs the shared secret that the server checks tokens with.')
    .addOption(new Option('--role <role>', 'what the caller is').choices([...tokenRoles]).makeOptionMandatory())
    .option('--program <slug>', 'the program it is for', 'demo')
    .option('--sub <subject>', "who the caller is; of an ambassador its contact's externalId")
    .option('--days <count>', `for how many days it holds, 1 to ${daysMax}`, parseDays, 30)
    .option('--allow-production', 'make one also where NODE_ENV is production')
    .action(async (options: TokenOptions) => {
      await withApplication(async ({ platform, features }) => {
        requireSecret(platform.config, options);
        const program = await requireProgram(features, options.program);
        const claims = { role: options.role, program: program.slug, sub: await subjectOf(features, program, options) };
        process.stdout.write(`${await features.tokens.sign(claims, options.days * secondsPerDay)}\n`);
      });
    });
}

function parseDays(text: string): number {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1 || days > daysMax) {
    throw new InvalidArgumentError(`It has to be a whole number from 1 to ${daysMax}.`);
  }
  return days;
}

function requireSecret(config: Config, options: TokenOptions): void {
  if (config.APPLAUS_JWT_SECRET === undefined) {
    throw new CommandRefused(
      'Tokens come from the provider behind APPLAUS_JWKS_URL; without APPLAUS_JWT_SECRET none is made.',
    );
  }
  if (config.NODE_ENV === 'production' && !options.allowProduction) {
    throw new CommandRefused(
      'NODE_ENV is production: whoever has this token acts on real people. Add --allow-production.',
    );
  }
}

async function requireProgram(features: Features, slug: string): Promise<Program> {
  const program = await features.programs.findBySlug(slug);
  if (!program) throw new CommandRefused(`There is no program "${slug}". Name another one with --program.`);
  return program;
}

async function subjectOf(features: Features, program: Program, { role, sub }: TokenOptions): Promise<string> {
  if (role !== 'AMBASSADOR') return sub ?? role.toLowerCase();
  if (sub === undefined)
    throw new CommandRefused('An ambassador is named by --sub, with the externalId of its contact.');
  if (!(await features.ambassadors.findByExternalId(program.id, sub))) {
    throw new CommandRefused(`There is no ambassador "${sub}" in the program "${program.slug}".`);
  }
  return sub;
}
