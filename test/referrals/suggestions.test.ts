import { describe, expect, test } from '@jest/globals';
import type { Answer, Client } from '../support/client.js';
import { type TestAmbassador, useWorld } from '../support/world.js';

const world = useWorld();

async function codeOf({ client }: TestAmbassador): Promise<string> {
  return (await client.ask('{ me { referralLink { code } } }')).me.referralLink.code;
}

function register(client: Client, code: string): Promise<Answer> {
  const friend = { email: `${world.unique('friend')}@example.com` };
  const refused = 'ReferralRefused { reason suggestions { code initials } }';
  return client.mutate('referralRegister', { code, friend }, refused);
}

/** A code with its third sign left out, as somebody types who was told it by telephone. */
const withSlip = (code: string) => code.slice(0, 2) + code.slice(3);

describe('a code with one slip', () => {
  test('is answered with the code that may have been meant, and the initials of its ambassador', async () => {
    const program = await world.program();
    const code = await codeOf(await program.ambassador('Anna de Vries'));
    const visitor = world.anonymous().with({ 'x-applaus-program': program.program.slug });
    const result = await register(visitor, withSlip(code).toLowerCase());
    expect(result).toMatchObject({ reason: 'UNKNOWN_CODE', suggestions: [{ code, initials: 'A.V.' }] });
    expect((await register(visitor, result.suggestions[0].code)).__typename).toBe('ReferralRegistered');
  });

  test('is answered without the initials of who keeps a private profile', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna de Vries');
    const code = await codeOf(anna);
    await anna.client.mutate('ambassadorUpdate', { isPrivate: true });
    expect((await register(program.moderator, withSlip(code))).suggestions).toEqual([{ code, initials: '' }]);
  });

  test('tells nothing of another program, and nothing is near to a code without a slip', async () => {
    const program = await world.program();
    const other = await world.program();
    const code = await codeOf(await program.ambassador('Anna'));
    expect(await register(other.moderator, withSlip(code))).toMatchObject({ suggestions: [] });
    expect(await register(other.moderator, code)).toMatchObject({ suggestions: [] });
    expect(await register(program.moderator, 'who knows')).toMatchObject({ suggestions: [] });
  });

  test('is helped with so often that people can correct themselves, and nobody can collect codes', async () => {
    const program = await world.program();
    const wrong = withSlip(await codeOf(await program.ambassador('Anna')));
    const visitor = world.anonymous().with({ 'x-applaus-program': program.program.slug });
    for (let slip = 0; slip < 20; slip++) expect((await register(visitor, wrong)).suggestions).toHaveLength(1);
    expect((await register(visitor, wrong)).suggestions).toEqual([]);
    expect((await register(program.moderator, wrong)).suggestions).toHaveLength(1);
  });
});
