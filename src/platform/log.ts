import { type Logger, pino } from 'pino';
import type { Config } from './config.js';

export type { Logger };

/** Structured logs on standard output, readable on a terminal in development. Secrets and personal data stay out. */
export function createLogger(config: Pick<Config, 'APPLAUS_LOG_LEVEL' | 'NODE_ENV'>): Logger {
  return pino({
    level: config.APPLAUS_LOG_LEVEL,
    base: { service: 'applaus' },
    redact: { paths: ['*.token', '*.authorization', '*.email', '*.secret'], censor: '[hidden]' },
    ...(config.NODE_ENV === 'development' && process.stdout.isTTY
      ? { transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname,service' } } }
      : {}),
  });
}
