import sql from 'sql-template-tag';
import { Contact } from '../../contacts/contact.entity.js';
import type { TokenRole } from '../../identity/tokens.js';
import { defaultSurveyKey } from '../../nps/survey.entity.js';
import type { RunningServer } from '../server.js';
import { demoProgram } from './program.js';

const tokenSeconds = 30 * 86_400;
const askedCustomer = 'chloe';
const callers: readonly { readonly role: TokenRole; readonly sub: string }[] = [
  { role: 'ADMIN', sub: 'admin' },
  { role: 'MODERATOR', sub: 'moderator' },
  { role: 'AMBASSADOR', sub: 'anna' },
];

/**
 * What to try first, for whoever starts the server to look at it: addresses and tokens of the demo program. Undefined
 * where there is none, and everywhere but in development.
 */
export async function welcome(server: RunningServer): Promise<string | undefined> {
  const { platform, features, url } = server;
  const { config } = platform;
  if (config.NODE_ENV !== 'development' || config.APPLAUS_JWT_SECRET === undefined) return undefined;
  const program = await features.programs.findBySlug(demoProgram.slug);
  if (!program) return undefined;
  const address = config.PORT === 0 ? url : config.APPLAUS_PUBLIC_URL;
  const token = await surveyLink(server, program.id);
  const survey = token && `${address}/s/${token}`;
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
${survey ? `\nWhat its customers are asked is at\n\n  ${survey}\n` : ''}
`;
}

/** A survey link for one of the customers, to see the page that they see. */
async function surveyLink({ platform, features }: RunningServer, programId: string): Promise<string | undefined> {
  const { database } = platform;
  const survey = await database.read((db) => features.surveys.findByKey(db, programId, defaultSurveyKey));
  const contact = await database.read((db) =>
    db.first(Contact, sql`WHERE program_id = ${programId} AND external_id = ${askedCustomer}`),
  );
  if (!survey || !contact || !features.surveyLinks.isReady) return undefined;
  const link = await database.transact((tx) =>
    features.surveyLinks.issue(tx, {
      programId,
      surveyId: survey.id,
      contactId: contact.id,
      channel: 'LINK',
      language: null,
      expiresAt: new Date(tx.now.getTime() + tokenSeconds * 1_000),
    }),
  );
  return link.token;
}
