import { createChallenge, submit } from '../support/challenges.js';
import type { Answer, Client } from '../support/client.js';
import { eventually, type TestAmbassador, type TestProgram } from '../support/world.js';

/** Lets others see what these ambassadors do from now on. */
export async function share(...ambassadors: readonly TestAmbassador[]): Promise<void> {
  for (const { client } of ambassadors) {
    const input = { shares: true };
    const { ambassador } = await client.mutate(
      'activitySharingSet',
      input,
      'ActivitySharingChanged { ambassador { sharesActivity } }',
    );
    if (!ambassador.sharesActivity) throw new Error('The ambassador does not share');
  }
}

/** Asks for the feed until it has so many items. */
export async function feedOf(client: Client, count: number, selection = 'kind'): Promise<Answer[]> {
  let nodes: Answer[] = [];
  await eventually(async () => {
    const { activityFeed } = await client.ask(`{ activityFeed(first: 100) { nodes { id ${selection} } } }`);
    nodes = activityFeed.nodes;
    if (nodes.length !== count) throw new Error(`The feed has ${nodes.length} items in place of ${count}`);
  }, 20_000);
  return nodes;
}

/** A deed that the feed tells of: a challenge that is approved as soon as it is done. Answers with the challenge. */
export async function deedOf(program: TestProgram, doer: TestAmbassador, settings: object = {}): Promise<string> {
  const automatic = { kind: 'TRIAL', rewardPoints: 10, verification: 'AUTOMATIC', ...settings };
  const { id } = await createChallenge(program, automatic);
  await submit(doer, id);
  return id;
}
