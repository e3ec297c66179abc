import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, execute } from 'graphql';

/**
 * GraphQL's own subscribe, but with a context of its own for each event: what one event loaded must not be shown again
 * with the next, and who calls may have changed.
 *
 * @param freshContext the context of the next event; undefined ends the subscription
 */
export async function subscribeWithFreshContexts(
  args: ExecutionArgs,
  freshContext: () => Promise<object | undefined>,
): Promise<AsyncGenerator<ExecutionResult, undefined> | ExecutionResult> {
  const source = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in source)) return source;
  const events = source[Symbol.asyncIterator]();
  const end = async (): Promise<IteratorReturnResult<undefined>> => {
    await events.return?.();
    return { done: true, value: undefined };
  };
  const stream: AsyncGenerator<ExecutionResult, undefined> = {
    async next() {
      const event = await events.next();
      if (event.done) return { done: true, value: undefined };
      const contextValue = await freshContext();
      if (contextValue === undefined) return end();
      return { done: false, value: await execute({ ...args, contextValue, rootValue: event.value }) };
    },
    // A generator function could not be ended while it waits for the next event; this can.
    return: end,
    async throw(error) {
      await events.return?.();
      throw error;
    },
    [Symbol.asyncIterator]: () => stream,
    [Symbol.asyncDispose]: async () => {
      await end();
    },
  };
  return stream;
}
