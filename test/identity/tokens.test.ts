import { describe, expect, test } from '@jest/globals';
import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { jwtSecret, useWorld } from '../support/world.js';

const world = useWorld();
const who = '{ viewer { role program { slug } ambassador { id } } me { id } }';

/** What a token of ours says; a test changes what it is about. */
function claims(program: string, changed: JWTPayload = {}): JWTPayload {
  const now = Math.floor(world.clock.now().getTime() / 1_000);
  return { iss: 'applaus', aud: 'applaus', sub: 'alice', role: 'ADMIN', program, iat: now, exp: now + 60, ...changed };
}

function signed(payload: JWTPayload, secret = jwtSecret, algorithm = 'HS256'): Promise<string> {
  return new SignJWT(payload).setProtectedHeader({ alg: algorithm }).sign(new TextEncoder().encode(secret));
}

async function expectRefused(token: string): Promise<void> {
  const { status, headers, data, errors } = await world.bearer(token).send(who);
  const requestId = headers.get('x-request-id');
  expect(requestId).toMatch(/^[0-9a-f]{24}$/);
  expect({ status, data, errors }).toEqual({
    status: 401,
    data: undefined,
    errors: [{ message: expect.any(String), extensions: { code: 'UNAUTHENTICATED', requestId } }],
  });
}

describe('a token', () => {
  test('says who calls and in which program', async () => {
    const { program } = await world.program();
    expect(await world.bearer(await signed(claims(program.slug))).ask(who)).toEqual({
      viewer: { role: 'ADMIN', program: { slug: program.slug }, ambassador: null },
      me: null,
    });
  });

  test.each<[string, JWTPayload]>([
    ['without an end', { exp: undefined }],
    ['of another issuer', { iss: 'somebody' }],
    ['without an issuer', { iss: undefined }],
    ['for another audience', { aud: 'another-service' }],
    ['without an audience', { aud: undefined }],
    ['without a subject', { sub: undefined }],
    ['with an empty subject', { sub: '' }],
    ['of a program that does not exist', { program: 'nowhere' }],
    ['without a program', { program: undefined }],
    ['with a program that is no text', { program: { slug: 'demo' } }],
    ['without a role', { role: undefined }],
    ['with a role that does not exist', { role: 'OWNER' }],
    ['with a role that only a survey link gives', { role: 'RESPONDENT' }],
    ['with the role of nobody', { role: 'ANONYMOUS' }],
    ['with a role in other letters', { role: 'admin' }],
  ])('%s is refused', async (_, changed) => {
    const { program } = await world.program();
    await expectRefused(await signed(claims(program.slug, changed)));
  });

  test('is refused from the second it ends, and before it begins', async () => {
    const { program } = await world.program();
    const client = world.bearer(await signed(claims(program.slug)));
    world.clock.advance(59_000);
    expect((await client.send(who)).status).toBe(200);
    world.clock.advance(1_000);
    expect((await client.send(who)).status).toBe(401);
    const now = Math.floor(world.clock.now().getTime() / 1_000);
    await expectRefused(await signed(claims(program.slug, { nbf: now + 30 })));
  });

  test('is refused when it is signed otherwise than with the shared secret', async () => {
    const { program } = await world.program();
    const payload = claims(program.slug);
    await expectRefused(await signed(payload, 'another secret that is quite as long as ours'));
    await expectRefused(await signed(payload, `${jwtSecret}${jwtSecret}`, 'HS512'));
    await expectRefused(new UnsecuredJWT(payload).encode());
    const [header, , signature] = (await signed(payload)).split('.');
    const promoted = Buffer.from(JSON.stringify({ ...payload, role: 'MODERATOR' })).toString('base64url');
    await expectRefused(`${header}.${promoted}.${signature}`);
  });

  test.each(['', 'x', 'a.b.c', '..', 'null', 'apk_', `${'a'.repeat(5_000)}`])('%p is none', async (text) => {
    const reply = await world
      .anonymous()
      .with({ authorization: `Bearer ${text}` })
      .send(who);
    expect([reply.status, reply.errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  });

  test.each(['Basic YTpi', 'Bearer', 'token'])('in a header %p is none', async (authorization) => {
    const reply = await world.anonymous().with({ authorization }).send(who);
    expect([reply.status, reply.errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  });

  test('refused is refused in the language of the caller', async () => {
    const { errors } = await world.bearer('x').with({ 'accept-language': 'nl-NL,nl;q=0.9,en;q=0.5' }).send(who);
    expect(errors?.[0]?.message).toBe('Log in om dit te doen.');
  });

  test('of one program reads nothing of another by its ids', async () => {
    const program = await world.program();
    const stranger = await world.program();
    const anna = await program.ambassador('Anna');
    const { entry } = await program.give(anna, 10);
    const { ambassadors } = await program.admin.ask('{ ambassadors { nodes { contact { id } } } program { id } }');
    const ids = [anna.id, entry.id, ambassadors.nodes[0].contact.id];
    const nodes = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    expect((await program.admin.ask(nodes, { ids })).nodes).toEqual(ids.map((id) => ({ id })));
    expect((await stranger.admin.ask(nodes, { ids })).nodes).toEqual(ids.map(() => null));
    expect((await stranger.admin.ask('{ ambassadors { totalCount } }')).ambassadors.totalCount).toBe(0);
  });
});

describe('the token of an ambassador', () => {
  test('is that of the contact whose external id is its subject', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const { viewer, me } = await anna.client.ask(who);
    expect([viewer.role, viewer.ambassador.id, me.id]).toEqual(['AMBASSADOR', anna.id, anna.id]);
  });

  test('who never joined is that of nobody: it reads what all may read and changes nothing', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const outsider = await program.client('AMBASSADOR', 'never-joined');
    const { viewer, me } = await outsider.ask(who);
    expect([viewer.role, viewer.ambassador, me]).toEqual(['AMBASSADOR', null, null]);
    const contactOf = 'query ($id: ID!) { node(id: $id) { ... on Ambassador { displayName contact { id } } } }';
    expect((await outsider.ask(contactOf, { id: anna.id })).node).toEqual({ displayName: 'Anna', contact: null });
    const adjust = 'mutation ($input: PointsAdjustInput!) { pointsAdjust(input: $input) { __typename } }';
    const input = { ambassadorId: anna.id, amountPoints: 5, reason: 'Mine', idempotencyKey: 'k' };
    expect(await outsider.refusal(adjust, { input })).toBe('FORBIDDEN');
    expect(await anna.client.refusal(adjust, { input })).toBe('FORBIDDEN');
  });

  test('is not that of somebody whose id differs in case, accents or blanks', async () => {
    const program = await world.program();
    await program.ambassador('Zoë', { externalId: 'zoe' });
    for (const subject of ['ZOE', 'Zoe', 'zoé', 'zoe ', ' zoe']) {
      const client = await program.client('AMBASSADOR', subject);
      expect([subject, (await client.ask('{ me { id } }')).me]).toEqual([subject, null]);
    }
  });

  test('reads nothing of an ambassador of the same external id in another program', async () => {
    const [here, there] = [await world.program(), await world.program()];
    const anna = await here.ambassador('Anna', { externalId: 'same-id' });
    const client = await there.client('AMBASSADOR', 'same-id');
    expect((await client.ask('{ me { id } }')).me).toBeNull();
    expect((await client.ask('query ($id: ID!) { node(id: $id) { id } }', { id: anna.id })).node).toBeNull();
  });
});

describe('nobody in particular', () => {
  test('is anonymous in the program that it names', async () => {
    const { program } = await world.program();
    const client = world.anonymous().with({ 'x-applaus-program': program.slug });
    expect(await client.ask(who)).toEqual({
      viewer: { role: 'ANONYMOUS', program: { slug: program.slug }, ambassador: null },
      me: null,
    });
    expect(await client.refusal('{ ambassadors { totalCount } }')).toBe('UNAUTHENTICATED');
  });

  test('cannot take a token of one program into another by naming it', async () => {
    const [here, there] = [await world.program(), await world.program()];
    const { viewer } = await here.admin.with({ 'x-applaus-program': there.program.slug }).ask(who);
    expect(viewer.program.slug).toBe(here.program.slug);
  });

  test('is asked to sign in where nobody knows which program is meant', async () => {
    const client = world.anonymous().with({ 'x-applaus-program': 'nowhere' });
    expect(await client.refusal('{ program { slug } }')).toBe('UNAUTHENTICATED');
  });
});
