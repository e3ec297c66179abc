import { describe, expect, test } from '@jest/globals';
import { person } from '../invitations/waves.js';
import type { Answer } from '../support/client.js';
import { atOnce, type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();

/** Hands links out to so many people, and has some of them answer. */
async function invite(program: TestProgram, people: number, answering: number): Promise<void> {
  const invited = await atOnce(people, () => person(world, program));
  const made = await program.admin.mutate(
    'invitationWaveCreate',
    { name: 'A wave', channel: 'API', contactIds: invited.map(({ id }) => id), idempotencyKey: world.unique('wave') },
    'InvitationWaveCreated { wave { invitations(first: 100) { nodes { url } } } }',
  );
  const urls: string[] = made.wave.invitations.nodes.map(({ url }: Answer) => url);
  for (const url of urls.slice(0, answering)) {
    await world.anonymous().mutate('surveyAnswer', { token: url.split('/').at(-1), score: 9 });
  }
}

describe('Query.responseRate', () => {
  const shares = 'invited answered share';

  test('tells how many of those who were invited answered, by month and channel, whenever they did', async () => {
    const program = await world.program();
    await invite(program, 8, 6);
    const query = `{ responseRate(from: "2026-02-10T00:00:00Z", to: "2026-04-01T00:00:00Z") {
      from all { ${shares} } byMonth { from ${shares} } byChannel { channel ${shares} } csv } }`;
    const { responseRate } = await program.analyst.ask(query);
    const march = { invited: 8, answered: 6, share: 0.75 };
    expect(responseRate.all).toEqual(march);
    expect(responseRate.byMonth).toMatchObject([{ invited: 0, answered: null, share: null }, march]);
    expect(responseRate.byChannel).toEqual([{ channel: 'API', ...march }]);
    expect(responseRate.csv.split('\n')).toHaveLength(3 + 1);
  });

  test('begins the funnel, where that is asked to begin with asking', async () => {
    const program = await world.program();
    await invite(program, 8, 6);
    const { loopFunnel } = await program.analyst.ask('{ loopFunnel(by: ASKED) { all { steps { step people } } } }');
    expect(loopFunnel.all.steps.slice(0, 4)).toEqual([
      { step: 'ASKED', people: 8 },
      { step: 'ANSWERED', people: 6 },
      { step: 'PROMOTER', people: 6 },
      { step: 'JOINED', people: 6 },
    ]);
  });

  test('says nothing of fewer than five', async () => {
    const program = await world.program();
    await invite(program, 4, 2);
    const { responseRate } = await program.analyst.ask(`{ responseRate { all { ${shares} } } }`);
    expect(responseRate.all).toEqual({ invited: 4, answered: null, share: null });
  });
});
