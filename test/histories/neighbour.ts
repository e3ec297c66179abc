import { expect } from '@jest/globals';
import { belongings, brought } from '../identity/belongings.js';
import type { Belongings, Operation } from '../identity/operation.js';
import { operations } from '../identity/operations.js';
import type { Client } from '../support/client.js';
import type { World } from '../support/world.js';
import type { Step } from './history.js';

const mutations = Object.entries(operations).filter(([field]) => field.startsWith('Mutation.'));
/** What a mutation may come to beside an answer and a Problem. */
const refusals = ['UNAUTHENTICATED', 'FORBIDDEN', 'BAD_USER_INPUT'];

/**
 * Another program in the same database, in which anything happens: every mutation that the API has, by anybody, about
 * whatever belongs to one of two ambassadors. No model follows it. It shows that whatever was done before, each mutation
 * answers or refuses, that what must always be true stays true, and that the program beside it notices nothing.
 */
export class Neighbour {
  private constructor(
    private readonly world: World,
    private readonly callers: readonly Client[],
    private readonly things: readonly Belongings[],
  ) {}

  static async begin(world: World): Promise<Neighbour> {
    const program = await world.program();
    const [anna, bob] = [await brought(world, program, 'Anna'), await brought(world, program, 'Bob')];
    const things = [await belongings(world, program, anna), await belongings(world, program, bob)];
    const { secret } = await program.admin.mutate('apiKeyCreate', { name: 'Server' }, 'ApiKeyCreated { secret }');
    const { admin, moderator, analyst } = program;
    // Those who may do most come most often.
    const callers = [
      admin,
      admin,
      admin,
      moderator,
      world.bearer(secret),
      anna.client,
      bob.client,
      anna.client,
      analyst,
    ];
    return new Neighbour(world, callers, things);
  }

  /** Somebody there does something. */
  async act({ who, what, amount }: Step): Promise<void> {
    const [field, operation] = at(mutations, what);
    const { data, errors } = await at(this.callers, who).send(operation.document, this.variables(operation, amount));
    const code = errors?.[0]?.extensions.code;
    if (code) expect({ [field]: code }).toEqual({ [field]: oneOf(refusals) });
    else expect(data[field.replace('Mutation.', '')]).toHaveProperty('__typename');
  }

  private variables(operation: Operation, amount: number): object {
    const unique = this.world.unique('neighbour');
    return operation.about?.(at(this.things, amount), unique) ?? operation.variables?.(unique) ?? {};
  }
}

/** The one at that place, counting on from the first after the last. */
function at<T>(all: readonly T[], place: number): T {
  const found = all[place % all.length];
  if (found === undefined) throw new Error('There is none');
  return found;
}

const oneOf = (words: readonly string[]) => expect.stringMatching(new RegExp(`^(${words.join('|')})$`));
