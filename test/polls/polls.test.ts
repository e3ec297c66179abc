import { describe, expect, test } from '@jest/globals';
import type { Answer, Client } from '../support/client.js';
import { atOnce, type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();

const counts = `poll { id question isOpen closesAt choicesMax voters viewerMayVote
  options { id text votes } viewerChoices { text } }`;

async function asked(program: TestProgram, input: object = {}): Promise<Answer> {
  const made = await program.moderator.mutate(
    'pollCreate',
    { question: 'What do you drink?', options: ['Tea', 'Coffee', 'Water'], ...input },
    `PollCreated { ${counts} }`,
  );
  if (!made.poll) throw new Error(`No poll was made: ${JSON.stringify(made)}`);
  return made.poll;
}

function vote(voter: TestAmbassador, poll: Answer, ...options: readonly number[]): Promise<Answer> {
  const optionIds = options.map((index) => poll.options[index].id);
  return voter.client.mutate(
    'pollVote',
    { pollId: poll.id, optionIds },
    `PollVoteCounted { ${counts} } ... on PollVoteRefused { reason }`,
  );
}

function withdraw(voter: TestAmbassador, poll: Answer): Promise<Answer> {
  return voter.client.mutate(
    'pollVoteWithdraw',
    { pollId: poll.id },
    `PollVoteWithdrawn { ${counts} } ... on PollVoteRefused { reason }`,
  );
}

async function counted(client: Client, poll: Answer): Promise<Answer> {
  const { node } = await client.ask('query ($id: ID!) { node(id: $id) { ... on Poll { voters options { votes } } } }', {
    id: poll.id,
  });
  return { voters: node.voters, votes: node.options.map(({ votes }: Answer) => votes) };
}

async function withVoters(count: number, input: object = {}) {
  const program = await world.program();
  const poll = await asked(program, input);
  const voters = await Promise.all(Array.from({ length: count }, (_, index) => program.ambassador(`Voter ${index}`)));
  return { program, poll, voters };
}

describe('A poll', () => {
  test('counts one vote for each voter, which can be changed and taken back', async () => {
    const { program, poll, voters } = await withVoters(3);
    const [anna, ben, chris] = voters as [TestAmbassador, TestAmbassador, TestAmbassador];
    expect((await vote(anna, poll, 0)).poll).toMatchObject({
      voters: 1,
      viewerMayVote: true,
      options: [{ votes: 1 }, { votes: 0 }, { votes: 0 }],
      viewerChoices: [{ text: 'Tea' }],
    });
    await vote(anna, poll, 0);
    await vote(ben, poll, 1);
    await vote(chris, poll, 1);
    expect(await counted(program.analyst, poll)).toEqual({ voters: 3, votes: [1, 2, 0] });
    await vote(anna, poll, 1);
    expect(await counted(program.analyst, poll)).toEqual({ voters: 3, votes: [0, 3, 0] });
    expect((await withdraw(ben, poll)).poll).toMatchObject({ voters: 2, viewerChoices: [] });
    expect((await withdraw(ben, poll)).poll).toMatchObject({ voters: 2 });
    expect(await counted(program.analyst, poll)).toEqual({ voters: 2, votes: [0, 2, 0] });
  });

  test('takes as many choices as it allows, each once, of its own options', async () => {
    const { program, poll, voters } = await withVoters(1, { choicesMax: 2 });
    const [anna] = voters as [TestAmbassador];
    expect((await vote(anna, poll, 0, 0, 2)).poll.viewerChoices).toEqual([{ text: 'Tea' }, { text: 'Water' }]);
    expect((await vote(anna, poll, 0, 1, 2)).issues).toMatchObject([{ path: ['optionIds'] }]);
    const other = await asked(program);
    const mixed = { pollId: poll.id, optionIds: [other.options[0].id] };
    expect((await anna.client.mutate('pollVote', mixed)).issues).toMatchObject([{ path: ['optionIds'] }]);
    expect((await anna.client.mutate('pollVote', { pollId: poll.id, optionIds: [] })).issues).toHaveLength(1);
    expect(await counted(program.admin, poll)).toEqual({ voters: 1, votes: [1, 0, 1] });
  });

  test('stands from its close on, whether by the clock or by hand', async () => {
    const closesAt = new Date(world.clock.now().getTime() + 3_600_000);
    const { program, poll, voters } = await withVoters(2, { closesAt: closesAt.toISOString() });
    const byHand = await asked(program);
    const [anna, ben] = voters as [TestAmbassador, TestAmbassador];
    for (const each of [poll, byHand]) await vote(anna, each, 0);
    const closed = await program.moderator.mutate('pollClose', { pollId: byHand.id }, `PollClosed { ${counts} }`);
    expect(closed.poll).toMatchObject({ isOpen: false, closesAt: world.clock.now().toISOString() });
    world.clock.set(closesAt);
    for (const each of [poll, byHand]) {
      expect((await vote(ben, each, 1)).reason).toBe('POLL_CLOSED');
      expect((await vote(anna, each, 1)).reason).toBe('POLL_CLOSED');
      expect((await withdraw(anna, each)).reason).toBe('POLL_CLOSED');
      expect(await counted(program.admin, each)).toEqual({ voters: 1, votes: [1, 0, 0] });
    }
    const again = await program.moderator.mutate('pollClose', { pollId: poll.id }, `PollClosed { ${counts} }`);
    expect(again.poll.closesAt).toBe(closesAt.toISOString());
  });

  test('counts right when many vote, change and withdraw at once, and one voter votes many times', async () => {
    const { program, poll, voters } = await withVoters(8);
    await atOnce(48, (index) => {
      const voter = voters[index % 8] as TestAmbassador;
      return index % 6 === 5 ? withdraw(voter, poll) : vote(voter, poll, index % 3);
    });
    const { voters: ballots, votes } = await counted(program.admin, poll);
    expect(votes.reduce((sum: number, each: number) => sum + each, 0)).toBe(ballots);
    await atOnce(8, (index) => vote(voters[index] as TestAmbassador, poll, 2));
    expect(await counted(program.admin, poll)).toEqual({ voters: 8, votes: [0, 0, 8] });
  });

  test('that closes while many vote counts those who came before, for good', async () => {
    const { program, poll, voters } = await withVoters(10);
    const answers = await atOnce(11, (index) =>
      index === 5
        ? program.moderator.mutate('pollClose', { pollId: poll.id })
        : vote(voters[index > 5 ? index - 1 : index] as TestAmbassador, poll, 0),
    );
    const taken = answers.filter(({ __typename }) => __typename === 'PollVoteCounted').length;
    expect(await counted(program.admin, poll)).toEqual({ voters: taken, votes: [taken, 0, 0] });
  });

  test.each([
    ['ALWAYS', [0, 1, 1]],
    ['AFTER_VOTE', [null, 1, 1]],
    ['AFTER_CLOSE', [null, null, 1]],
  ])(
    'with results shown %s tells ambassadors how it stands before they vote, after, and at the end',
    async (resultsShown, seen) => {
      const { program, poll, voters } = await withVoters(1, { resultsShown });
      const [anna] = voters as [TestAmbassador];
      const see = async () => (await counted(anna.client, poll)).votes[0];
      const before = await see();
      await vote(anna, poll, 0);
      const after = await see();
      expect(await counted(program.analyst, poll)).toEqual({ voters: 1, votes: [1, 0, 0] });
      await program.moderator.mutate('pollClose', { pollId: poll.id });
      expect([before, after, await see()]).toEqual(seen);
    },
  );

  test('is for those whom it is meant for', async () => {
    const program = await world.program();
    const levelTwo = await asked(program, { audience: { levelAtLeast: 2 } });
    const inNl = await asked(program, { audience: { attribute: { name: 'market', anyOf: ['NL'] } } });
    const anna = await program.ambassador('Anna', { attributes: { market: 'NL' } });
    const ben = await program.ambassador('Ben', { attributes: { market: 'BE' } });
    expect((await vote(anna, levelTwo, 0)).reason).toBe('NOT_ELIGIBLE');
    await program.give(anna, 250);
    expect((await vote(anna, levelTwo, 0)).__typename).toBe('PollVoteCounted');
    expect((await vote(anna, inNl, 0)).__typename).toBe('PollVoteCounted');
    expect((await vote(ben, inNl, 0)).reason).toBe('NOT_ELIGIBLE');
    const shown = '{ polls { nodes { viewerMayVote audience { levelAtLeast attribute { name anyOf } } } } }';
    const { polls } = await ben.client.ask(shown);
    expect(polls.nodes).toEqual([
      { viewerMayVote: false, audience: null },
      { viewerMayVote: false, audience: null },
    ]);
    expect((await program.analyst.ask(shown)).polls.nodes).toMatchObject([
      { audience: { attribute: { name: 'market', anyOf: ['NL'] } } },
      { audience: { levelAtLeast: 2 } },
    ]);
    const unknown = { question: 'Who?', options: ['A', 'B'], audience: { segment: 'nobody' } };
    expect((await program.admin.mutate('pollCreate', unknown)).issues).toMatchObject([{ path: ['audience'] }]);
  });

  test('is listed, newest first, open or closed, and not elsewhere', async () => {
    const { program, poll, voters } = await withVoters(1);
    const second = await asked(program, { question: 'And to eat?' });
    await program.moderator.mutate('pollClose', { pollId: poll.id });
    const [anna] = voters as [TestAmbassador];
    const list = async (filter: string) => {
      const { polls } = await anna.client.ask(`{ polls${filter} { totalCount nodes { id } } }`);
      return polls.nodes.map(({ id }: Answer) => id);
    };
    expect(await list('')).toEqual([second.id, poll.id]);
    expect(await list('(open: true)')).toEqual([second.id]);
    expect(await list('(open: false)')).toEqual([poll.id]);
    const other = await withVoters(1);
    expect((await vote(other.voters[0] as TestAmbassador, poll, 0)).code).toBe('NOT_FOUND');
    const stranger = other.voters[0] as TestAmbassador;
    for (const id of [poll.id, poll.options[0].id]) {
      expect((await stranger.client.ask('query ($id: ID!) { node(id: $id) { id } }', { id })).node).toBeNull();
    }
  });

  test.each([
    ['options', { options: ['Tea'] }],
    ['options', { options: ['Tea', 'tea'] }],
    ['options', { options: Array.from({ length: 21 }, (_, index) => `Option ${index}`) }],
    ['choicesMax', { choicesMax: 4 }],
    ['question', { question: ' ' }],
  ])('needs good %s: %j', async (name, input) => {
    const program = await world.program();
    const wanted = { question: 'What do you drink?', options: ['Tea', 'Coffee', 'Water'], ...input };
    expect((await program.admin.mutate('pollCreate', wanted)).issues).toMatchObject([{ path: [name] }]);
  });
});
