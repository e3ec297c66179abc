import 'reflect-metadata';
import { welcome } from './app/demo/welcome.js';
import { startServer } from './app/server.js';
import { ConfigError, readConfig } from './platform/config.js';

try {
  const server = await startServer(readConfig(process.env));
  const stop = () => {
    server.close().then(
      () => process.exit(0),
      (error) => {
        server.platform.log.error({ err: error }, 'the stop failed');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  server.platform.log.info({ url: server.url }, 'Applaus is ready');
  process.stdout.write((await welcome(server)) ?? '');
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
