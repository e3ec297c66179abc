import { describe, expect, test } from '@jest/globals';
import { expectInvariants } from '../support/invariants.js';
import { atOnce, useWorld } from '../support/world.js';
import { createTeam, join, leave, membersOf, move, outcome } from './team.js';

const world = useWorld();

describe('a team', () => {
  test('is joined, moved to and left by ambassadors, each in one team at a time', async () => {
    const program = await world.program();
    const [north, south] = [await createTeam(world, program, 'North'), await createTeam(world, program, 'South')];
    const anna = await program.ambassador('Anna');
    const mine = async () => (await anna.client.ask('{ me { team { name } } }')).me.team?.name ?? null;
    expect(await mine()).toBeNull();
    expect(await join(anna, north)).toBe('TeamJoined');
    expect(await join(anna, north)).toBe('TeamJoined');
    expect(await join(anna, south)).toBe('IN_ANOTHER_TEAM');
    expect(await membersOf(program, north)).toEqual(['Anna']);
    expect(await move(anna, south)).toBe('TeamJoined');
    expect([await mine(), await membersOf(program, north)]).toEqual(['South', []]);
    expect([await leave(anna), await leave(anna), await mine()]).toEqual(['South', null, null]);
  });

  test('takes those with its invitation code, until it has a new one', async () => {
    const program = await world.program();
    const teamId = await createTeam(world, program, 'Secret', { joining: 'INVITATION' });
    const [anna, bert] = [await program.ambassador('Anna'), await program.ambassador('Bert')];
    const renew = async () => {
      const selection = 'TeamInvitationRenewed { invitationCode }';
      return (await program.admin.mutate('teamInvitationRenew', { teamId }, selection)).invitationCode;
    };
    expect(await join(anna, teamId)).toBe('INVITATION_WRONG');
    const first = await renew();
    expect(await join(anna, teamId, { invitationCode: ` ${first.toUpperCase()} ` })).toBe('TeamJoined');
    const second = await renew();
    expect(await join(bert, teamId, { invitationCode: first })).toBe('INVITATION_WRONG');
    expect(await join(bert, teamId, { invitationCode: second })).toBe('TeamJoined');
  });

  test('of the staff takes whom they add, and no code or wish of others', async () => {
    const program = await world.program();
    const teamId = await createTeam(world, program, 'Chosen', { joining: 'STAFF', membersMax: 1 });
    const [anna, bert] = [await program.ambassador('Anna'), await program.ambassador('Bert')];
    expect(await join(anna, teamId)).toBe('BY_STAFF_ONLY');
    const add = async (ambassadorId: string) =>
      outcome(await program.moderator.mutate('teamJoin', { teamId, ambassadorId }, 'TeamRefused { reason }'));
    expect([await add(anna.id), await add(bert.id)]).toEqual(['TeamJoined', 'TEAM_FULL']);
    expect(await join(bert, teamId, { ambassadorId: anna.id })).toBe('NotFound');
    await program.moderator.mutate('teamLeave', { ambassadorId: anna.id });
    expect(await membersOf(program, teamId)).toEqual([]);
  });

  test('is made by ambassadors where the program lets them: they are captains until they leave', async () => {
    const program = await world.program();
    const [anna, bert] = [await program.ambassador('Anna'), await program.ambassador('Bert')];
    const create = (input: object = {}) =>
      anna.client.mutate(
        'teamCreate',
        { key: 'ours', name: 'Ours', ...input },
        'TeamCreated { team { id captain { displayName } memberCount } } ... on TeamRefused { reason }',
      );
    expect(outcome(await create())).toBe('NOT_ALLOWED');
    await program.admin.mutate('teamTermsSet', { ambassadorsMayCreate: true, membersMax: 5 });
    expect(await create({ membersMax: 6 })).toMatchObject({ issues: [{ path: ['membersMax'] }] });
    const { team } = await create();
    expect(team).toMatchObject({ captain: { displayName: 'Anna' }, memberCount: 1 });
    expect(await create()).toMatchObject({ issues: [{ path: ['key'] }] });
    expect(outcome(await create({ key: 'more' }))).toBe('IN_ANOTHER_TEAM');
    const rename = (name: string) => ({ teamId: team.id, name });
    expect(outcome(await anna.client.mutate('teamUpdate', rename('Still ours')))).toBe('TeamUpdated');
    expect(outcome(await bert.client.mutate('teamUpdate', rename('Mine')))).toBe('NotFound');
    await leave(anna);
    expect(outcome(await anna.client.mutate('teamUpdate', rename('Back')))).toBe('NotFound');
  });

  test('never has fewer seats than members', async () => {
    const program = await world.program();
    const teamId = await createTeam(world, program, 'Two');
    for (const name of ['Anna', 'Bert']) await join(await program.ambassador(name), teamId);
    const update = (membersMax: number) => program.admin.mutate('teamUpdate', { teamId, membersMax });
    expect(await update(1)).toMatchObject({ issues: [{ path: ['membersMax'] }] });
    expect(outcome(await update(2))).toBe('TeamUpdated');
    expect(await join(await program.ambassador('Cees'), teamId)).toBe('TEAM_FULL');
  });

  test('that is archived is listed no more, takes nobody, and lets its members go', async () => {
    const program = await world.program();
    const [old, next] = [await createTeam(world, program, 'Old'), await createTeam(world, program, 'Next')];
    const [anna, bert] = [await program.ambassador('Anna'), await program.ambassador('Bert')];
    await join(anna, old);
    for (let time = 0; time < 2; time++) {
      expect(outcome(await program.admin.mutate('teamArchive', { teamId: old }))).toBe('TeamArchived');
    }
    const { teams, me } = await anna.client.ask('{ teams { nodes { name } totalCount } me { team { name } } }');
    expect([teams, me.team]).toEqual([{ nodes: [{ name: 'Next' }], totalCount: 1 }, null]);
    expect(await join(bert, old)).toBe('TEAM_ARCHIVED');
    expect(await join(anna, next)).toBe('TeamJoined');
  });

  test('has no more members than seats, however many come for the last one at once', async () => {
    const program = await world.program();
    const teamId = await createTeam(world, program, 'Three', { membersMax: 3 });
    const many = await atOnce(8, (index) => program.ambassador(`A${index}`));
    const outcomes = await Promise.all(many.map((ambassador) => join(ambassador, teamId)));
    expect(outcomes.sort()).toEqual([...Array(5).fill('TEAM_FULL'), ...Array(3).fill('TeamJoined')]);
    expect(await membersOf(program, teamId)).toHaveLength(3);
  });

  test('is the only one of an ambassador who joins several at once', async () => {
    const program = await world.program();
    const teams = await atOnce(4, (index) => createTeam(world, program, `T${index}`));
    const anna = await program.ambassador('Anna');
    const joined = await Promise.all(teams.map((teamId) => join(anna, teamId)));
    expect(joined.filter((each) => each === 'TeamJoined')).toHaveLength(1);
    const moved = await Promise.all(teams.map((teamId) => move(anna, teamId)));
    expect(new Set(moved)).toEqual(new Set(['TeamJoined']));
    const sizes = await Promise.all(teams.map(async (teamId) => (await membersOf(program, teamId)).length));
    expect(sizes.reduce((a, b) => a + b)).toBe(1);
    await expectInvariants(world.server.platform.database);
  });

  test('of another program is not there, and hides the name of who keeps it private', async () => {
    const [here, there] = [await world.program(), await world.program()];
    const foreign = await createTeam(world, there, 'Foreign');
    const own = await createTeam(world, here, 'Own');
    const [anna, bert] = [await here.ambassador('Anna'), await here.ambassador('Bert')];
    expect([await join(anna, foreign), await move(anna, foreign)]).toEqual(['NotFound', 'NotFound']);
    expect(outcome(await here.admin.mutate('teamUpdate', { teamId: foreign, name: 'Mine' }))).toBe('NotFound');
    await join(anna, own);
    await anna.client.mutate('ambassadorUpdate', { isPrivate: true });
    const { teams } = await bert.client.ask('{ teams { nodes { members { nodes { ambassador { displayName } } } } } }');
    expect(teams.nodes[0].members.nodes).toEqual([{ ambassador: { displayName: 'An ambassador' } }]);
  });
});
