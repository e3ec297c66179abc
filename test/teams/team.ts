import type { Answer } from '../support/client.js';
import type { TestAmbassador, TestProgram, World } from '../support/world.js';

/** Makes a team as an admin, open to all unless said otherwise; answers with its id. */
export async function createTeam(
  world: World,
  { admin }: TestProgram,
  name: string,
  input: object = {},
): Promise<string> {
  const key = world.unique('team');
  const { team } = await admin.mutate('teamCreate', { key, name, ...input }, 'TeamCreated { team { id } }');
  return team.id;
}

/** What a mutation about teams answers, in a word: the reason of a refusal, else its type. */
export function outcome(answer: Answer): string {
  return answer.reason ?? answer.__typename;
}

export async function join(ambassador: TestAmbassador, teamId: string, input: object = {}): Promise<string> {
  return outcome(await ambassador.client.mutate('teamJoin', { teamId, ...input }, 'TeamRefused { reason }'));
}

export async function move(ambassador: TestAmbassador, teamId: string, input: object = {}): Promise<string> {
  return outcome(await ambassador.client.mutate('teamMove', { teamId, ...input }, 'TeamRefused { reason }'));
}

export async function leave(ambassador: TestAmbassador): Promise<string | null> {
  const answer = await ambassador.client.mutate('teamLeave', {}, 'TeamLeft { team { name } }');
  return answer.team?.name ?? null;
}

export async function membersOf(program: TestProgram, teamId: string): Promise<string[]> {
  const { node } = await program.admin.ask(
    `query ($id: ID!) { node(id: $id) { ... on Team { memberCount
      members(first: 100) { totalCount nodes { ambassador { displayName } } } } } }`,
    { id: teamId },
  );
  if (node.memberCount !== node.members.totalCount) throw new Error('A team counts its members in two ways');
  return node.members.nodes.map(({ ambassador }: Answer) => ambassador.displayName);
}
