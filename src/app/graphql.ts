import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { Logger } from '../platform/log.js';
import { refusalOfBounds, refusalOfParser, tokensMax } from './bounds.js';
import { presentErrors } from './errors.js';
import type { ObservedContext } from './operation-facts.js';

/** Refuses what is too much to run, and what HTTP cannot answer, after validation and before anything runs. */
const boundsPlugin: ApolloServerPlugin<ObservedContext> = {
  async requestDidStart({ schema }) {
    return {
      async didResolveOperation({ document, request, operation }) {
        if (operation?.operation === 'subscription') {
          throw new GraphQLError('Subscriptions go over a WebSocket (graphql-transport-ws) at this same address.', {
            extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
          });
        }
        const { operationName, variables } = request;
        const refusal = refusalOfBounds({ schema, document, operationName, variables });
        if (refusal) throw refusal;
      },
    };
  },
};

/** Puts errors into words for the caller, and logs under the request id what the caller is not told. */
const errorPlugin: ApolloServerPlugin<ObservedContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response, contextValue, errors }) {
        if (response.body.kind !== 'single' || !response.body.singleResult.errors) return;
        const { singleResult } = response.body;
        const pairs = (singleResult.errors ?? []).map((formatted, index) => {
          const error = errors?.[index] ?? new GraphQLError(formatted.message);
          const spoken = refusalOfParser(error);
          return spoken === error ? { formatted, error } : { formatted: spoken.toJSON(), error: spoken };
        });
        singleResult.errors = presentErrors(pairs, contextValue);
      },
    };
  },
};

/** Failures before execution that GraphQL over HTTP answers with 200 where the answer is plain application/json. */
const wellFormedRequestCodes: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
]);

/**
 * The status codes of GraphQL over HTTP: `application/json` tells a well-formed request's errors in the body alone,
 * `application/graphql-response+json` also by its status.
 */
const statusPlugin: ApolloServerPlugin<ObservedContext> = {
  async requestDidStart({ request }) {
    return {
      async willSendResponse({ response }) {
        if (response.body.kind !== 'single' || response.http.status !== 400) return;
        if (request.http?.headers.get('accept')?.includes('application/graphql-response+json')) return;
        const codes = response.body.singleResult.errors?.map(({ extensions }) => extensions?.code) ?? [];
        if (codes.every((code) => wellFormedRequestCodes.has(code))) response.http.status = 200;
      },
    };
  },
};

/** The GraphQL engine: validates, bounds and executes; HTTP and sockets are somebody else's. */
export function createApollo(
  schema: GraphQLSchema,
  log: Logger,
  plugins: readonly ApolloServerPlugin<ObservedContext>[] = [],
): ApolloServer<ObservedContext> {
  return new ApolloServer<ObservedContext>({
    schema,
    introspection: true,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: tokensMax },
    // A GET runs queries alone, and a POST has to be application/json, which a foreign page cannot send without CORS'
    // permission; nobody is known by a cookie. So no request forged by another site can do or learn anything.
    csrfPrevention: false,
    logger: log,
    plugins: [boundsPlugin, errorPlugin, statusPlugin, ...plugins],
  });
}
