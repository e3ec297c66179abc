import type { TokenRole } from '../../identity/tokens.js';
import type { RunningServer } from '../server.js';
import { demoProgram } from './program.js';

const tokenSeconds = 30 * 86_400;
const callers: readonly { readonly role: TokenRole; readonly sub: string }[] = [
  { role: 'ADMIN', sub: 'admin' },
  { role: 'MODERATOR', sub: 'moderator' },
  { role: 'AMBASSADOR', sub: 'anna' },
];

/**
 * What to try first, for whoever starts the server to look at it: addresses and tokens of the demo program. Undefined
 * where there is none, and everywhere but in development.
 */
export async function welcome({ platform, features, url }: RunningServer): Promise<string | undefined> {
  const { config } = platform;
  if (config.NODE_ENV !== 'development' || config.APPLAUS_JWT_SECRET === undefined) return undefined;
  const program = await features.programs.findBySlug(demoProgram.slug);
  if (!program) return undefined;
  const address = config.PORT === 0 ? url : config.APPLAUS_PUBLIC_URL;
  const invitations = await Promise.all(
    callers.map(async ({ role, sub }) => {
      const token = await features.tokens.sign({ role, sub, program: program.slug }, tokenSeconds);
      return `${role}, "${sub}"\n  explore  ${address}/graphiql#token=${token}\n  header   Authorization: Bearer ${token}\n`;
    }),
  );
  return `
The demo program "${program.name}" is at your service at ${address}/graphql, for 30 days as

${invitations.join('\n')}
and as others with: npm run -s applaus -- token --help

`;
}
