import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** How a process ended, and what it said on standard error. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** The server as a process of its own. */
export interface ServerProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Where it serves; fails with what it said where it ended before that. */
  readonly url: Promise<string>;
}

/** Starts the real process, with these settings and no others. Its log is read to the end: a process whose log nobody reads dies of it. */
export function startProcess(settings: Readonly<Record<string, string>>): ServerProcess {
  const child = spawn(process.execPath, ['--import', '@oxc-node/core/register', 'src/main.ts'], {
    env: {
      PATH: process.env.PATH,
      HOST: '127.0.0.1',
      PORT: '0',
      NODE_ENV: 'test',
      APPLAUS_DEMO: 'false',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const ended = once(child, 'close').then(([code]) => ({ code, output }));
  const url = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      const found = /"url":"([^"]+)"/.exec(String(chunk));
      if (found?.[1]) resolve(found[1]);
    });
    ended.then(() => reject(new Error(`The server ended before it served: ${output}`)));
  });
  url.catch(() => undefined);
  return { child, ended, url };
}
