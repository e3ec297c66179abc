import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Config } from '../platform/config.js';
import { openApplication } from './application.js';
import { Callers } from './caller.js';
import type { Features } from './features.js';
import { createApollo } from './graphql.js';
import { createHttpServer } from './http.js';
import type { Platform, PlatformOptions } from './platform.js';
import { createSchema } from './schema.js';
import { Sockets } from './sockets.js';

/** A server that answers. */
export interface RunningServer {
  readonly url: string;
  readonly platform: Platform;
  readonly features: Features;
  /** Takes no more requests, finishes those under way, and lets go of the database. */
  close(): Promise<void>;
}

/** Opens the database, composes the features and listens. */
export async function startServer(config: Config, options: PlatformOptions = {}): Promise<RunningServer> {
  const { platform, features, close } = await openApplication(config, options);
  const schema = await createSchema(features.resolvers);
  if (config.APPLAUS_DEMO && !(await features.programs.anyExists())) {
    // Loaded only for this: the names alone take longer than the rest of the start.
    const { seedDemo } = await import('./demo/seed.js');
    await seedDemo(platform);
  }
  const apollo = createApollo(schema, platform.log);
  await apollo.start();
  const callers = new Callers(features, platform.database, platform.log);
  const server = createHttpServer({ platform, apollo, callers });
  const sockets = new Sockets({ platform, schema, callers });
  sockets.attach(server);
  server.listen(config.PORT, config.HOST);
  await once(server, 'listening');
  features.outbox.start();
  for (const periodic of features.periodics) periodic.start();
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    platform,
    features,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      await sockets.close();
      server.closeIdleConnections();
      await closed;
      await Promise.all(features.periodics.map((periodic) => periodic.stop()));
      await features.outbox.stop();
      await apollo.stop();
      await close();
    },
  };
}
