import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import type { RequestContext } from '../identity/session.js';
import { isForCaller, presentError } from './errors.js';

/** More tokens than any honest query has; the parser stops there. */
const tokensMax = 4_000;

/** Logs what the caller is not told, under the request id that the caller gets. */
const errorPlugin: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async didEncounterErrors({ errors, contextValue }) {
        for (const error of errors) {
          if (!isForCaller(error)) contextValue.log.error({ err: error.originalError ?? error }, 'a request failed');
        }
      },
      async willSendResponse({ response, contextValue, errors }) {
        if (response.body.kind !== 'single' || !response.body.singleResult.errors) return;
        const { singleResult } = response.body;
        singleResult.errors = singleResult.errors?.map((formatted, index) =>
          presentError(formatted, errors?.[index] ?? formatted, contextValue),
        );
      },
    };
  },
};

/** The GraphQL engine: validates, bounds and executes; HTTP and sockets are somebody else's. */
export function createApollo(schema: GraphQLSchema): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    schema,
    introspection: true,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: tokensMax },
    plugins: [errorPlugin],
  });
}
