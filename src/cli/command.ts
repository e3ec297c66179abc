import { pino } from 'pino';
import { type Application, openApplication } from '../app/application.js';
import { readConfig } from '../platform/config.js';

/** A command cannot do what was asked; the message is for the person at the terminal, and the exit code is 1. */
export class CommandRefused extends Error {}

/** Runs one command on the database that the server uses. Its output is the caller's; the log goes to standard error. */
export async function withApplication<T>(work: (application: Application) => Promise<T>): Promise<T> {
  const log = pino({ level: 'warn', base: { service: 'applaus' } }, pino.destination({ fd: 2, sync: true }));
  const application = await openApplication(readConfig(process.env), { log });
  try {
    return await work(application);
  } finally {
    await application.close();
  }
}
