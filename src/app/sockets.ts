import { once } from 'node:events';
import type { IncomingHttpHeaders, Server } from 'node:http';
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { CloseCode, type Context, type SubscribePayload } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { type Session, unauthenticated } from '../identity/session.js';
import { localeOf, message } from '../platform/graphql/messages.js';
import { addressOf } from './address.js';
import { bodyBytesMax } from './body.js';
import { refusalOfBounds, refusalOfParser, tokensMax } from './bounds.js';
import type { Callers } from './caller.js';
import { presentErrors } from './errors.js';
import { urlOf } from './http.js';
import type { Metrics } from './metrics.js';
import { noteOperation, type ObservedContext } from './operation-facts.js';
import type { Platform } from './platform.js';
import { type RateLimit, rateKey } from './rate-limit.js';
import { newRequestId } from './request-id.js';
import { subscribeWithFreshContexts } from './subscribe.js';

/** Operations under way on one connection; a page that shows everything live has about ten. */
const operationsPerConnectionMax = 50;
/** A caller is asked again who it is after this long, so that a token that ran out ends its subscriptions. */
const sessionMilliseconds = 60_000;
const keepAliveMilliseconds = 12_000;

/** How long a stop waits for mutations under way, and for callers to say goodbye. */
const closeMilliseconds = 5_000;

interface SocketParts {
  readonly platform: Platform;
  readonly metrics: Metrics;
  readonly rateLimit: RateLimit;
  readonly schema: GraphQLSchema;
  readonly callers: Callers;
}

/** What is kept with a connection: what it said of its caller, and who that is. */
interface Known {
  readonly headers: IncomingHttpHeaders;
  readonly session: Session;
  readonly checkedAt: Date;
}

/** An operation that may run: for whom, on which connection. */
interface Running {
  readonly context: ObservedContext;
  readonly connection: SocketContext;
  readonly startedMilliseconds: number;
}

type SocketContext = Context<Record<string, unknown>, Extra>;

/**
 * GraphQL over WebSocket (graphql-transport-ws) on /graphql, by the same callers, bounds and errors as over HTTP. Who
 * calls is told by `connectionParams.authorization`, since a browser cannot set headers on a WebSocket.
 */
export class Sockets {
  private readonly webSockets = new WebSocketServer({ noServer: true, maxPayload: bodyBytesMax });
  private readonly known = new WeakMap<SocketContext, Known>();
  private readonly running = new WeakMap<ExecutionArgs, Running>();
  /** Queries and mutations that have not been answered yet. */
  private readonly underWay = new Set<Promise<unknown>>();
  private readonly dispose: () => Promise<void> | void;

  constructor(private readonly parts: SocketParts) {
    const { dispose } = useServer<Record<string, unknown>>(
      {
        schema: parts.schema,
        onConnect: (connection) => this.connect(connection),
        onSubscribe: (connection, _, payload) => this.prepare(connection, payload),
        execute: (args) => this.execute(args),
        subscribe: (args) => this.subscribe(args),
        onNext: (_, __, ___, args, result) => this.presentResult(args, result),
        onError: (connection, _, __, errors) => this.presentRefusals(connection, errors),
        // Whatever else goes wrong is ours: the caller is not told its words.
        isProd: true,
      },
      this.webSockets,
      keepAliveMilliseconds,
    );
    this.dispose = dispose;
    parts.metrics.followSockets(() => this.webSockets.clients.size);
  }

  /** Takes the upgrades of an HTTP server. */
  attach(server: Server): void {
    server.on('upgrade', (request, socket, head) => {
      if (urlOf(request).pathname !== '/graphql') {
        socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
        return;
      }
      this.webSockets.handleUpgrade(request, socket, head, (webSocket) => {
        this.webSockets.emit('connection', webSocket, request);
      });
    });
  }

  /** Finishes what is under way, then ends every connection with "going away" (1001): clients connect elsewhere. */
  async close(): Promise<void> {
    const limit = AbortSignal.timeout(closeMilliseconds);
    await Promise.race([Promise.allSettled(this.underWay), once(limit, 'abort')]);
    limit.addEventListener('abort', () => {
      for (const client of this.webSockets.clients) client.terminate();
    });
    await this.dispose();
  }

  private async connect(connection: SocketContext): Promise<boolean> {
    const headers = { ...connection.extra.request.headers, ...headersOf(connection.connectionParams) };
    return (await this.identify(connection, headers)) !== undefined;
  }

  private async identify(connection: SocketContext, headers: IncomingHttpHeaders): Promise<Known | undefined> {
    const checkedAt = this.parts.platform.clock.now();
    try {
      const known = { headers, checkedAt, session: await this.parts.callers.sessionOf(headers) };
      this.known.set(connection, known);
      return known;
    } catch (error) {
      if (!(error instanceof GraphQLError)) {
        this.parts.platform.log.error({ err: error }, 'a caller could not be identified');
      }
      return undefined;
    }
  }

  /** A context by who calls, asked anew once a minute; undefined once nobody knows, and then the connection is over. */
  private async contextOf(connection: SocketContext): Promise<ObservedContext | undefined> {
    let known = this.known.get(connection);
    const now = this.parts.platform.clock.now();
    if (known && now.getTime() - known.checkedAt.getTime() > sessionMilliseconds) {
      known = await this.identify(connection, known.headers);
    }
    if (!known) {
      connection.extra.socket.close(CloseCode.Forbidden, 'Forbidden');
      return undefined;
    }
    const requestId = newRequestId(this.parts.platform.random);
    return this.parts.callers.contextFor(known.session, { headers: known.headers, requestId });
  }

  /** Reads, validates and bounds an operation as over HTTP. */
  private async prepare(
    connection: SocketContext,
    { query, operationName, variables }: SubscribePayload,
  ): Promise<ExecutionArgs | readonly GraphQLError[]> {
    if (Object.keys(connection.subscriptions).length > operationsPerConnectionMax) return [tooManyOperations()];
    const context = await this.contextOf(connection);
    if (!context) return [unauthenticated()];
    const { schema } = this.parts;
    const document = readDocument(schema, query);
    if (!('kind' in document)) return document;
    const refusal =
      (await this.refusalOfRate(connection, context)) ??
      refusalOfBounds({ schema, document, operationName, variables });
    if (refusal) return [refusal];
    const node = getOperationAST(document, operationName);
    if (node) noteOperation(context.facts, node);
    const operation = { schema, document, contextValue: context, operationName, variableValues: variables };
    this.running.set(operation, { context, connection, startedMilliseconds: performance.now() });
    return operation;
  }

  private async refusalOfRate(
    { extra }: SocketContext,
    { session, locale }: ObservedContext,
  ): Promise<GraphQLError | undefined> {
    const address = addressOf(extra.request, this.parts.platform.config.APPLAUS_TRUST_PROXY);
    const seconds = await this.parts.rateLimit.take(rateKey(session, address));
    if (seconds === undefined) return undefined;
    return new GraphQLError(message(locale, 'error.rateLimited', { seconds }), {
      extensions: { code: 'RATE_LIMITED', retryAfterSeconds: seconds },
    });
  }

  private async execute(args: ExecutionArgs): Promise<ExecutionResult> {
    const answer = Promise.resolve(execute(args));
    this.underWay.add(answer);
    try {
      return await answer;
    } finally {
      this.underWay.delete(answer);
    }
  }

  private subscribe(args: ExecutionArgs): ReturnType<typeof subscribeWithFreshContexts> {
    const running = this.running.get(args);
    return subscribeWithFreshContexts(args, async () => running && this.contextOf(running.connection));
  }

  /** A result with its errors in the words that callers get. */
  private presentResult(args: ExecutionArgs, { errors, ...rest }: ExecutionResult): FormattedExecutionResult {
    const running = this.running.get(args);
    if (!running) return rest;
    const pairs = (errors ?? []).map((error) => ({ formatted: error.toJSON(), error }));
    const presented = presentErrors(pairs, running.context);
    this.note(running, presented);
    return presented.length > 0 ? { ...rest, errors: presented } : rest;
  }

  /** The same line in the log and the same numbers as over HTTP; for a subscription with each of its events. */
  private note({ context, startedMilliseconds }: Running, errors: readonly GraphQLFormattedError[]): void {
    const { facts } = context;
    facts.codes = errors.map(({ extensions }) => String(extensions?.code));
    const { role, name, type, field, codes } = facts;
    const milliseconds = performance.now() - startedMilliseconds;
    const event = type === 'subscription';
    const line = { role, operation: name ?? null, type, field, ...(codes.length > 0 && { codes }) };
    if (event) context.log.debug(line, 'event');
    else context.log.info({ ...line, durationMilliseconds: Math.round(milliseconds * 10) / 10 }, 'socket request');
    if (!event) this.parts.metrics.observe(facts, milliseconds / 1_000);
  }

  private async presentRefusals(
    connection: SocketContext,
    errors: readonly GraphQLError[],
  ): Promise<GraphQLFormattedError[]> {
    const headers = this.known.get(connection)?.headers ?? {};
    const requestId = newRequestId(this.parts.platform.random);
    const log = this.parts.platform.log.child({ requestId });
    return presentErrors(
      errors.map((error) => ({ formatted: error.toJSON(), error })),
      { requestId, log, locale: localeOf(headers['accept-language']) },
    );
  }
}

/** What a browser says in connectionParams in place of headers. */
function headersOf(parameters: Readonly<Record<string, unknown>> = {}): IncomingHttpHeaders {
  const spoken = Object.entries(parameters).map(([name, value]) => [name.toLowerCase(), value] as const);
  const kept = spoken.filter(([name, value]) => spokenHeaders.has(name) && typeof value === 'string');
  return Object.fromEntries(kept) as Record<string, string>;
}

const spokenHeaders: ReadonlySet<string> = new Set(['authorization', 'x-applaus-program', 'accept-language']);

function readDocument(schema: GraphQLSchema, query: string): DocumentNode | readonly GraphQLError[] {
  let document: DocumentNode;
  try {
    document = parse(query, { maxTokens: tokensMax });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return [withCode('GRAPHQL_PARSE_FAILED', refusalOfParser(error))];
  }
  const errors = validate(schema, document, specifiedRules);
  return errors.length > 0 ? errors.map((error) => withCode('GRAPHQL_VALIDATION_FAILED', error)) : document;
}

function withCode(code: string, error: GraphQLError): GraphQLError {
  const { message, nodes, source, positions, extensions } = error;
  return new GraphQLError(message, { nodes, source, positions, extensions: { code, ...extensions } });
}

function tooManyOperations(): GraphQLError {
  return new GraphQLError(`More than ${operationsPerConnectionMax} operations are under way on this connection.`, {
    extensions: { code: 'RATE_LIMITED' },
  });
}
