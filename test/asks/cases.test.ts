import { describe, expect, test } from '@jest/globals';
import type { Answer, Client } from '../support/client.js';
import { atOnce, monday, type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();
const day = 86_400_000;
const fields = `id status owner dueAt isOverdue outcome resolvedAt escalatedAt scoreChange
  contact { externalId } response { score } history { position step by owner outcome note }`;

/** Somebody answers, and the case that it opened. */
async function answer({ admin }: TestProgram, externalId: string, score: number, input: object = {}): Promise<Answer> {
  const recorded = `NpsResponseRecorded { response { case { ${fields} } } ask { kind text } }`;
  const result = await admin.mutate('npsResponseRecord', { contact: { externalId }, score, ...input }, recorded);
  return { opened: result.response.case, ask: result.ask };
}

async function read({ analyst }: TestProgram, { id }: Answer): Promise<Answer> {
  return (await analyst.ask(`query ($id: ID!) { node(id: $id) { ... on Case { ${fields} } } }`, { id })).node;
}

function work(client: Client, name: string, { id }: Answer, input: object = {}): Promise<Answer> {
  const changed = { caseAssign: 'Assigned', caseNote: 'Noted', caseResolve: 'Resolved', caseReopen: 'Reopened' }[name];
  return client.mutate(name, { caseId: id, ...input }, `Case${changed} { case { ${fields} } }`);
}

function setTerms({ admin }: TestProgram, terms: object): Promise<Answer> {
  return admin.mutate('caseTermsSet', terms, 'CaseTermsReplaced { terms { isOn dueWorkingDays workingDays owners } }');
}

async function listed({ analyst }: TestProgram, filter: string): Promise<string[]> {
  const { cases } = await analyst.ask(`{ cases(${filter}) { totalCount nodes { contact { externalId } } } }`);
  expect(cases.totalCount).toBe(cases.nodes.length);
  return cases.nodes.map(({ contact }: Answer) => contact.externalId);
}

const drain = () => world.server.features.jobWorker.drain();

describe('An answer of a detractor', () => {
  test('opens a case with a due date instead of an ask, once', async () => {
    world.clock.set(monday);
    const program = await world.program();
    const input = { respondedAt: '2026-03-01T00:00:00Z' };
    const { opened, ask } = await answer(program, 'piet', 3, input);
    expect(ask).toBeNull();
    expect(opened).toMatchObject({
      status: 'OPEN',
      owner: null,
      dueAt: '2026-03-04T09:00:00.000Z',
      isOverdue: false,
      contact: { externalId: 'piet' },
      response: { score: 3 },
      history: [{ position: 1, step: 'OPENED', by: null, owner: null }],
    });
    expect((await answer(program, 'piet', 3, input)).opened.id).toBe(opened.id);
    expect((await answer(program, 'piet', 7)).opened).toBeNull();
    expect(await listed(program, 'status: OPEN')).toEqual(['piet']);
  });

  test('opens none where the program follows nobody up', async () => {
    const program = await world.program();
    await setTerms(program, { isOn: false });
    expect((await answer(program, 'piet', 0)).opened).toBeNull();
  });

  test('is never met with an ask to speak for the brand, wherever asking begins', async () => {
    const program = await world.program();
    await program.admin.mutate('programUpdate', { askFromScore: 5 });
    const anna = await program.ambassador('Anna');
    for (const kind of ['REVIEW', 'REFERRAL', 'SERVICE_FEEDBACK']) {
      await program.admin.mutate('challengeCreate', { kind, title: kind, rewardPoints: 10 });
    }
    expect((await answer(program, 'piet', 6)).ask).toEqual({ kind: 'THANKS', text: 'Thank you for your answer.' });
    const { opened, ask } = await answer(program, anna.externalId, 6);
    expect(ask.kind).toBe('SERVICE_FEEDBACK');
    expect(opened.status).toBe('OPEN');
  });

  test('is due so many working days later at the same time of day, weekends and clock changes left out', async () => {
    const program = await world.program({ timeZone: 'Europe/Amsterdam' });
    const dueOf = async (moment: string) => {
      world.clock.set(new Date(moment));
      return (await answer(program, world.unique('piet'), 2)).opened.dueAt;
    };
    // On a Friday, on a Saturday, and before the night in which the clocks go forward.
    expect(await dueOf('2026-03-13T14:30:00Z')).toBe('2026-03-17T14:30:00.000Z');
    expect(await dueOf('2026-03-14T14:30:00Z')).toBe('2026-03-17T23:00:00.000Z');
    expect(await dueOf('2026-03-27T14:30:00Z')).toBe('2026-03-31T13:30:00.000Z');
    await setTerms(program, { dueWorkingDays: 1, workingDays: [1, 2, 3, 4, 5, 6, 7] });
    expect(await dueOf('2026-04-10T14:30:00Z')).toBe('2026-04-11T14:30:00.000Z');
  });

  test('goes to the owners in turn, also when many come at once', async () => {
    const program = await world.program();
    await setTerms(program, { owners: ['milan', 'nora', 'otto'] });
    const cases = await atOnce(9, (index) => answer(program, `piet-${index}`, 1));
    const owners = cases.map(({ opened }) => opened.owner).sort();
    expect(owners).toEqual([...Array(3).fill('milan'), ...Array(3).fill('nora'), ...Array(3).fill('otto')]);
    await setTerms(program, { owners: ['nora'] });
    expect((await answer(program, 'last', 1)).opened.owner).toBe('nora');
  });
});

describe('A case', () => {
  test('is assigned, noted, resolved and reopened, and remembers who did what', async () => {
    const program = await world.program();
    const { opened } = await answer(program, 'piet', 4);
    await work(program.moderator, 'caseAssign', opened, { owner: 'milan' });
    await work(program.moderator, 'caseAssign', opened, { owner: 'milan' });
    const note = { note: 'Called, no answer', idempotencyKey: 'call-1' };
    await work(program.moderator, 'caseNote', opened, note);
    await work(program.moderator, 'caseNote', opened, note);
    const outcome = { outcome: 'RECOVERED', note: 'Sent a new lamp' };
    const resolved = await work(program.moderator, 'caseResolve', opened, outcome);
    expect(resolved.case).toMatchObject({ status: 'RESOLVED', outcome: 'RECOVERED', isOverdue: false });
    expect((await work(program.moderator, 'caseResolve', opened, outcome)).case).toEqual(resolved.case);
    expect((await work(program.moderator, 'caseResolve', opened, { outcome: 'CHURNED' })).issues).toHaveLength(1);
    expect((await work(program.moderator, 'caseAssign', opened, { owner: 'nora' })).issues).toHaveLength(1);
    world.clock.advance(5 * day);
    const reopened = await work(program.admin, 'caseReopen', opened, { note: 'Wrote again' });
    expect(reopened.case).toMatchObject({ status: 'OPEN', outcome: null, resolvedAt: null, isOverdue: false });
    const by = 'MODERATOR:milan';
    expect((await read(program, opened)).history).toMatchObject([
      { step: 'OPENED' },
      { step: 'ASSIGNED', by, owner: 'milan' },
      { step: 'NOTED', by, note: 'Called, no answer' },
      { step: 'RESOLVED', by, outcome: 'RECOVERED', note: 'Sent a new lamp' },
      { step: 'REOPENED', by: 'ADMIN:alice', note: 'Wrote again' },
    ]);
  });

  test('resolved by many at once has one outcome and one step', async () => {
    const program = await world.program();
    const { opened } = await answer(program, 'piet', 4);
    const outcomes = ['RECOVERED', 'CHURNED', 'NO_CONTACT'];
    await atOnce(6, (index) => work(program.moderator, 'caseResolve', opened, { outcome: outcomes[index % 3] }));
    const { outcome, history } = await read(program, opened);
    expect(history.filter(({ step }: Answer) => step === 'RESOLVED')).toMatchObject([{ outcome }]);
  });

  test('is escalated once when it is overdue, by a job, and again after it was reopened', async () => {
    const program = await world.program();
    const { opened } = await answer(program, 'late', 2);
    const { opened: kept } = await answer(program, 'in time', 2);
    await work(program.moderator, 'caseResolve', kept, { outcome: 'NO_CONTACT' });
    world.clock.advance(7 * day);
    await drain();
    await drain();
    const steps = async (which: Answer) => (await read(program, which)).history.map(({ step }: Answer) => step);
    expect(await steps(opened)).toEqual(['OPENED', 'ESCALATED']);
    expect(await steps(kept)).toEqual(['OPENED', 'RESOLVED']);
    expect(await listed(program, 'overdue: true')).toEqual(['late']);
    expect(await listed(program, 'overdue: false')).toEqual(['in time']);
    await work(program.moderator, 'caseResolve', opened, { outcome: 'NOT_RECOVERED' });
    await work(program.moderator, 'caseReopen', opened);
    expect((await read(program, opened)).escalatedAt).toBeNull();
    world.clock.advance(7 * day);
    await drain();
    expect((await steps(opened)).filter((step: string) => step === 'ESCALATED')).toHaveLength(2);
  });

  test('shows whether the next answer to the same survey rose', async () => {
    const program = await world.program();
    const { opened } = await answer(program, 'piet', 3);
    expect((await read(program, opened)).scoreChange).toBeNull();
    world.clock.advance(day);
    await program.admin.mutate('surveyCreate', { key: 'other', name: 'Other' });
    await answer(program, 'piet', 10, { surveyKey: 'other' });
    expect((await read(program, opened)).scoreChange).toBeNull();
    await answer(program, 'piet', 8);
    world.clock.advance(day);
    await answer(program, 'piet', 1);
    expect((await read(program, opened)).scoreChange).toBe(5);
  });

  test('is listed by what is due first, by status and owner, a page at a time', async () => {
    const program = await world.program();
    for (const name of ['a', 'b', 'c']) {
      world.clock.advance(60_000);
      const { opened } = await answer(program, name, 1);
      if (name !== 'b') await work(program.moderator, 'caseAssign', opened, { owner: 'milan' });
    }
    expect(await listed(program, 'status: OPEN')).toEqual(['a', 'b', 'c']);
    expect(await listed(program, 'owner: "milan"')).toEqual(['a', 'c']);
    const page = 'nodes { contact { externalId } } pageInfo { endCursor }';
    const { cases } = await program.analyst.ask(`{ cases(first: 2) { ${page} } }`);
    const rest = await program.analyst.ask(`{ cases(after: "${cases.pageInfo.endCursor}") { ${page} } }`);
    expect(rest.cases.nodes).toEqual([{ contact: { externalId: 'c' } }]);
  });

  test('is nothing to ambassadors and other programs', async () => {
    const [program, other] = [await world.program(), await world.program()];
    const anna = await program.ambassador('Anna');
    const { opened } = await answer(program, anna.externalId, 2);
    expect(await anna.client.refusal('{ cases { totalCount } }')).toBe('FORBIDDEN');
    const query = 'query ($id: ID!) { node(id: $id) { id } }';
    expect((await anna.client.ask(query, { id: opened.id })).node).toBeNull();
    expect((await other.admin.ask(query, { id: opened.id })).node).toBeNull();
    expect((await work(other.moderator, 'caseResolve', opened, { outcome: 'RECOVERED' })).code).toBe('NOT_FOUND');
    expect(await listed(other, 'status: OPEN')).toEqual([]);
  });

  test.each([
    ['dueWorkingDays', { dueWorkingDays: 0 }],
    ['workingDays', { workingDays: [] }],
    ['workingDays', { workingDays: [1, 1] }],
    ['owners', { owners: ['milan', 'milan'] }],
  ])('needs good %s: %j', async (name, input) => {
    const program = await world.program();
    expect((await setTerms(program, input)).issues).toMatchObject([{ path: [name] }]);
  });
});
