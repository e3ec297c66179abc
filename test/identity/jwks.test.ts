import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, test } from '@jest/globals';
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { useWorld } from '../support/world.js';

/** The keys of an identity provider, on loopback. */
const pairs = {
  RS256: await generateKeyPair('RS256'),
  ES256: await generateKeyPair('ES256'),
};
const keys = await Promise.all(
  Object.entries(pairs).map(async ([alg, { publicKey }]) => ({
    ...(await exportJWK(publicKey)),
    kid: alg,
    alg,
    use: 'sig',
  })),
);
let status = 200;
const provider = createServer((_, response) => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ keys }));
});
provider.listen(0, '127.0.0.1');
await once(provider, 'listening');
afterAll(() => {
  provider.close();
});

const world = useWorld({
  APPLAUS_JWT_SECRET: '',
  APPLAUS_JWKS_URL: `http://127.0.0.1:${(provider.address() as AddressInfo).port}/keys`,
  APPLAUS_JWT_ISSUER: 'https://login.example.com/',
  APPLAUS_JWT_AUDIENCE: 'applaus-api',
});

function token(payload: JWTPayload): SignJWT {
  const now = Math.floor(world.clock.now().getTime() / 1_000);
  return new SignJWT({
    iss: 'https://login.example.com/',
    aud: ['applaus-api', 'another'],
    sub: 'alice',
    role: 'ADMIN',
    exp: now + 60,
    ...payload,
  });
}

async function newProgram(): Promise<string> {
  const slug = world.unique('program');
  await world.server.features.programs.create({ slug, name: slug });
  return slug;
}

const statusOf = async (text: string) => (await world.bearer(text).send('{ viewer { role } }')).status;

describe('with the keys of an identity provider', () => {
  test('nobody is let in while the provider is out of order, and nobody is told to sign in again', async () => {
    status = 500;
    const program = await newProgram();
    const text = await token({ program })
      .setProtectedHeader({ alg: 'RS256', kid: 'RS256' })
      .sign(pairs.RS256.privateKey);
    const reply = await world.bearer(text).send('{ viewer { role } }');
    expect([reply.status, reply.errors?.[0]?.extensions.code]).toEqual([503, 'INTERNAL']);
    status = 200;
    expect(await statusOf(text)).toBe(200);
  });

  test.each(['RS256', 'ES256'] as const)('a token signed by %s is good', async (alg) => {
    const program = await newProgram();
    const text = await token({ program }).setProtectedHeader({ alg, kid: alg }).sign(pairs[alg].privateKey);
    const { viewer } = await world.bearer(text).ask('{ viewer { role program { slug } } }');
    expect(viewer).toEqual({ role: 'ADMIN', program: { slug: program } });
  });

  test('a token is refused that another key signed, or for another issuer or audience', async () => {
    const program = await newProgram();
    const stranger = await generateKeyPair('RS256');
    const header = { alg: 'RS256', kid: 'RS256' };
    const { privateKey } = pairs.RS256;
    expect(await statusOf(await token({ program }).setProtectedHeader(header).sign(stranger.privateKey))).toBe(401);
    expect(
      await statusOf(
        await token({ program })
          .setProtectedHeader({ ...header, kid: 'new' })
          .sign(privateKey),
      ),
    ).toBe(401);
    expect(await statusOf(await token({ program, iss: 'applaus' }).setProtectedHeader(header).sign(privateKey))).toBe(
      401,
    );
    expect(await statusOf(await token({ program, aud: 'another' }).setProtectedHeader(header).sign(privateKey))).toBe(
      401,
    );
  });

  test('a public key is no shared secret', async () => {
    const program = await newProgram();
    const secret = new TextEncoder().encode(await exportSPKI(pairs.RS256.publicKey));
    for (const kid of ['RS256', undefined]) {
      const text = await token({ program }).setProtectedHeader({ alg: 'HS256', kid }).sign(secret);
      expect(await statusOf(text)).toBe(401);
    }
  });
});
