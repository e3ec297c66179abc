import 'reflect-metadata';
import { welcome } from './app/demo/welcome.js';
import { type RunningServer, startServer } from './app/server.js';
import { explainStart } from './app/start-errors.js';
import { type Config, ConfigError, readConfig } from './platform/config.js';

/** Ends a start that failed with one sentence, or with the whole error where only a developer can help. */
function refuse(sentence: string | undefined, error: unknown): never {
  if (sentence === undefined) throw error;
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function settings(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    return refuse(error instanceof ConfigError ? error.message : undefined, error);
  }
}

/** The first signal lets requests finish; the second does not wait for them. */
function stopOnSignals(server: RunningServer): void {
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    server.platform.log.info('stopping: finishing what is under way');
    server.close().then(
      () => process.exit(0),
      (error) => {
        server.platform.log.error({ err: error }, 'the stop failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

const config = settings();
const server = await startServer(config).catch((error) => refuse(explainStart(error, config), error));
stopOnSignals(server);
server.platform.log.info({ url: server.url }, 'Applaus is ready');
process.stdout.write((await welcome(server)) ?? '');
