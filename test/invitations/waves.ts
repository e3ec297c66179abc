import type { Answer, Client } from '../support/client.js';
import type { TestProgram, World } from '../support/world.js';

export const progress = `progress { planned sent uncertain answered bounced unsubscribed failed notAsked { reason people } }`;
export const shownWave = `wave { id status ${progress} }`;

/** Somebody whom the program knows, with an address of their own. */
export async function person(
  world: World,
  { admin }: TestProgram,
  contact: Readonly<Record<string, unknown>> = {},
): Promise<{ id: string; email: string; externalId: string }> {
  const externalId = world.unique('person');
  const email = `${externalId}@example.com`;
  const made = await admin.mutate(
    'ambassadorEnroll',
    { contact: { externalId, email, ...contact }, displayName: 'Somebody' },
    'AmbassadorEnrolled { ambassador { contact { id email } } }',
  );
  const { id, email: known } = made.ambassador.contact;
  return { id, email: known, externalId };
}

export async function createWave(world: World, client: Client, input: object): Promise<Answer> {
  return client.mutate(
    'invitationWaveCreate',
    { name: 'A wave', idempotencyKey: world.unique('wave'), ratePerMinute: 6_000, ...input },
    `InvitationWaveCreated { ${shownWave} }`,
  );
}

/** Does all that is due by the world's clock: looks at people, and sends. Nothing is sent meanwhile by itself. */
export async function sendAll(world: World): Promise<void> {
  const { jobWorker, mailSending, periodics } = world.server.features;
  await Promise.all(periodics.map((each) => each.stop()));
  await jobWorker.drain();
  while ((await mailSending.sendSome()) > 0);
}

export async function waveNow(client: Client, id: string): Promise<Answer> {
  const { node } = await client.ask(
    `query ($id: ID!) { node(id: $id) { ... on InvitationWave { status ${progress}
      invitations(first: 100) { nodes { status reason mails language contact { id } } } } } }`,
    { id },
  );
  return node;
}

export const day = 86_400_000;
