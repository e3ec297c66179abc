import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

/** Every setting of the process, read once from the environment. `.env.example` explains each. */
const settings = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: z.string().min(1).default('0.0.0.0'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  DATABASE_URL: z.url({ protocol: /^(mysql|mariadb)$/, error: 'must be mysql://… or mariadb://…' }).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must be redis://… or rediss://…' }).optional(),
  APPLAUS_DATA_DIR: z.string().min(1).default('data'),
  APPLAUS_DATABASE_POOL: z.coerce.number().int().min(2).max(500).default(16),
  APPLAUS_DEMO: flag.optional(),
  APPLAUS_PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be http://… or https://…' }).optional(),
  APPLAUS_JWT_SECRET: z.string().min(32, { error: 'must have at least 32 characters' }).optional(),
  APPLAUS_JWKS_URL: z.url({ protocol: /^https?$/, error: 'must be http://… or https://…' }).optional(),
  APPLAUS_JWT_ISSUER: z.string().min(1).default('applaus'),
  APPLAUS_JWT_AUDIENCE: z.string().min(1).default('applaus'),
  APPLAUS_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  APPLAUS_RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).default(6000),
});

type Settings = z.output<typeof settings>;

export interface Config extends Omit<Settings, 'APPLAUS_JWT_SECRET' | 'APPLAUS_DEMO' | 'APPLAUS_PUBLIC_URL'> {
  readonly APPLAUS_JWT_SECRET: string | undefined;
  /** Whether an empty database is filled with the demo program. Never in production unless asked for. */
  readonly APPLAUS_DEMO: boolean;
  readonly APPLAUS_PUBLIC_URL: string;
}

/** A setting is missing or wrong; the message names it and is fit for the person who starts the server. */
export class ConfigError extends Error {}

/** Reads the settings from an environment. An empty variable counts as unset. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`The settings are not usable. ${problems.join('; ')}.`);
  }
  const config = parsed.data;
  const production = config.NODE_ENV === 'production';
  if (production && !config.APPLAUS_JWT_SECRET && !config.APPLAUS_JWKS_URL) {
    throw new ConfigError(
      'In production APPLAUS_JWT_SECRET or APPLAUS_JWKS_URL has to be set: without one no caller can be known.',
    );
  }
  return {
    ...config,
    APPLAUS_DEMO: config.APPLAUS_DEMO ?? !production,
    APPLAUS_PUBLIC_URL: config.APPLAUS_PUBLIC_URL ?? `http://localhost:${config.PORT}`,
    APPLAUS_JWT_SECRET:
      config.APPLAUS_JWT_SECRET ?? (config.APPLAUS_JWKS_URL ? undefined : developmentSecret(config.APPLAUS_DATA_DIR)),
  };
}

/** Outside production the shared secret is made on first use and kept beside the database, never in the code. */
function developmentSecret(directory: string): string {
  const file = path.join(directory, 'jwt-secret');
  if (!existsSync(file)) {
    mkdirSync(directory, { recursive: true });
    try {
      writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      // Another process was quicker: its secret is the one.
      if (!existsSync(file)) throw error;
    }
  }
  return readFileSync(file, 'utf8').trim();
}
