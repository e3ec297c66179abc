import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../platform/config.js';
import { answersRoute } from './answers-route.js';
import { type Application, openApplication } from './application.js';
import { Callers } from './caller.js';
import { conversionsRoute } from './conversions-route.js';
import type { Route } from './exchange.js';
import type { Features } from './features.js';
import { graphiqlRoute } from './graphiql.js';
import { createApollo } from './graphql.js';
import { graphqlRoute } from './graphql-route.js';
import { createHttpServer } from './http.js';
import { Metrics, metricsRoute } from './metrics.js';
import { factsPlugin } from './operation-facts.js';
import type { Platform, PlatformOptions } from './platform.js';
import { healthRoute, type Lifecycle, readyRoute } from './probes.js';
import { qrRoute } from './qr-route.js';
import { RateLimit } from './rate-limit.js';
import { referralRoute } from './referral-route.js';
import { createSchema } from './schema.js';
import { Sockets } from './sockets.js';
import { surveyRoute } from './survey-route.js';
import { unsubscribeRoute } from './unsubscribe-route.js';

/** A server that answers. */
export interface RunningServer {
  readonly url: string;
  readonly platform: Platform;
  readonly features: Features;
  /** Takes no more requests, finishes those under way, and lets go of the database. */
  close(): Promise<void>;
}

/** What is still under way after this long is cut off: whoever stops a process will not wait for ever. */
const closeMillisecondsMax = 20_000;

/** Opens the database, composes the features and listens. */
export async function startServer(config: Config, options: PlatformOptions = {}): Promise<RunningServer> {
  const application = await openApplication(config, options);
  try {
    await seedIfWanted(application, config);
    return await serve(application, config);
  } catch (error) {
    await application.close();
    throw error;
  }
}

/** Fills an empty database with the demo program, where the settings want it. */
async function seedIfWanted({ platform, features }: Application, { APPLAUS_DEMO }: Config): Promise<void> {
  if (!APPLAUS_DEMO || (await features.programs.anyExists())) return;
  // Loaded only for this: the names alone take longer than the rest of the start.
  const { seedDemo } = await import('./demo/seed.js');
  await seedDemo(platform);
}

async function serve(application: Application, config: Config): Promise<RunningServer> {
  const { platform, features } = application;
  const lifecycle: Lifecycle = { stopping: false };
  const schema = await createSchema(features.resolvers);
  const apollo = createApollo(schema, platform.log, [factsPlugin]);
  await apollo.start();
  const callers = new Callers(features, platform.database, platform.log);
  const metrics = new Metrics(platform);
  const rateLimit = new RateLimit(config, platform.log);
  const routes: Readonly<Record<string, Route>> = {
    '/graphql': graphqlRoute({ platform, apollo, callers, rateLimit }),
    '/webhooks/conversions': conversionsRoute({ platform, callers, rateLimit, features }),
    '/webhooks/*': answersRoute({ platform, rateLimit, features }),
    '/r/*': referralRoute(features.referralClicks, rateLimit),
    '/r/*/qr.svg': qrRoute({ codes: features.referralCodes, database: platform.database, rateLimit }, 'svg'),
    '/r/*/qr.png': qrRoute({ codes: features.referralCodes, database: platform.database, rateLimit }, 'png'),
    '/s/*': surveyRoute({ platform, schema, callers, rateLimit, features }),
    '/u/*': unsubscribeRoute(features.mailStandings, rateLimit),
    '/healthz': healthRoute,
    '/readyz': readyRoute(platform.database, lifecycle),
    '/metrics': metricsRoute(metrics, config.APPLAUS_METRICS_TOKEN),
    ...(config.NODE_ENV !== 'production' && { '/graphiql': graphiqlRoute() }),
  };
  const server = createHttpServer({ platform, metrics, routes });
  const sockets = new Sockets({ platform, metrics, rateLimit, schema, callers });
  sockets.attach(server);
  try {
    server.listen(config.PORT, config.HOST);
    await once(server, 'listening');
  } catch (error) {
    rateLimit.close();
    throw error;
  }
  features.outbox.start();
  features.jobWorker.start();
  for (const periodic of features.periodics) periodic.start();
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    lifecycle.stopping = true;
    // Whoever sends requests here reads /readyz first, and goes elsewhere.
    await sleep(config.APPLAUS_STOP_DELAY_SECONDS * 1_000);
    await stopListening(server, sockets);
    await Promise.all(features.periodics.map((periodic) => periodic.stop()));
    await features.jobWorker.stop();
    await features.outbox.stop();
    await apollo.stop();
    rateLimit.close();
    await application.close();
  };
  return { url: `http://127.0.0.1:${port}`, platform, features, close };
}

/** Takes no more connections, and waits for the requests under way. */
async function stopListening(server: Server, sockets: Sockets): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  const cut = setTimeout(() => server.closeAllConnections(), closeMillisecondsMax);
  // A connection that a caller keeps open ends with the request that is under way on it.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  try {
    await sockets.close();
    await closed;
  } finally {
    clearTimeout(cut);
    clearInterval(sweep);
  }
}
