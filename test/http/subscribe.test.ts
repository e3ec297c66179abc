import { createPubSub } from '@graphql-yoga/subscription';
import { describe, expect, test } from '@jest/globals';
import { buildSchema, type ExecutionResult, parse } from 'graphql';
import { subscribeWithFreshContexts } from '../../src/app/subscribe.js';

const schema = buildSchema('type Query { ok: Boolean } type Subscription { tick: String! }');
const events = createPubSub<{ tick: [string] }>();
let sourceEnded = false;

const tick = schema.getSubscriptionType()?.getFields().tick;
if (!tick) throw new Error('The schema has no tick');
tick.subscribe = async function* () {
  try {
    yield* events.subscribe('tick');
  } finally {
    sourceEnded = true;
  }
};
tick.resolve = (event, _, context) => `${String(event)} for ${context.name}`;

function subscribe(contexts: string[]): Promise<AsyncGenerator<ExecutionResult> | ExecutionResult> {
  sourceEnded = false;
  return subscribeWithFreshContexts(
    { schema, document: parse('subscription { tick }'), contextValue: { name: 'the first context' } },
    async () => {
      const name = contexts.shift();
      return name === undefined ? undefined : { name };
    },
  );
}

describe('a subscription', () => {
  test('runs each event in a context of its own, and ends when there is none any more', async () => {
    const stream = await subscribe(['anna', 'ben']);
    if (!(Symbol.asyncIterator in stream)) throw new Error('It did not start');
    const told: unknown[] = [];
    for (const event of ['one', 'two', 'three']) {
      const next = stream.next();
      await new Promise(setImmediate);
      events.publish('tick', event);
      const { done, value } = await next;
      told.push(done ? 'over' : value.data?.tick);
    }
    expect(told).toEqual(['one for anna', 'two for ben', 'over']);
    expect(sourceEnded).toBe(true);
  });
});
