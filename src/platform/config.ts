import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

/** `*`, or origins with commas between them, as a browser names them: https://hub.example.com */
const origins = z
  .string()
  .transform((text) => text.split(',').map((origin) => origin.trim()))
  .refine((list) => list.every((origin) => origin === '*' || isOrigin(origin)), {
    error: 'must be * or origins such as https://hub.example.com, with commas between them',
  });

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

/** `id:key` with commas between them, the one that seals first: 2026-a:<32 bytes in base64>. */
const secretKeys = z
  .string()
  .transform((text) =>
    text.split(',').map((pair) => {
      const [id = '', key = ''] = pair.trim().split(':');
      return { id, bytes: Buffer.from(key, 'base64') };
    }),
  )
  .refine((keys) => keys.every(({ id, bytes }) => /^[\w-]{1,32}$/.test(id) && bytes.length === 32), {
    error: 'must be name:key, the key 32 bytes in base64 (openssl rand -base64 32), with commas between several',
  })
  .refine((keys) => new Set(keys.map(({ id }) => id)).size === keys.length, {
    error: 'must not name two keys alike',
  });

/** One mailbox, as in Applaus <applaus@example.com> or applaus@example.com; nothing that could begin another header. */
const mailbox = z.string().regex(/^(?:[^\p{Cc}<>@]*<)?[^\s\p{Cc}<>@,;]+@[^\s\p{Cc}<>@,;]+>?$/u, {
  error: 'must be an address such as Applaus <applaus@example.com>',
});

/** Every setting of the process, read once from the environment. `.env.example` explains each. */
const settings = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: z.string().min(1).default('0.0.0.0'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  DATABASE_URL: z.url({ protocol: /^(mysql|mariadb)$/, error: 'must be mysql://… or mariadb://…' }).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must be redis://… or rediss://…' }).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be smtp://… or smtps://…' }).optional(),
  APPLAUS_MAIL_FROM: mailbox.optional(),
  APPLAUS_DATA_DIR: z.string().min(1).default('data'),
  APPLAUS_DATABASE_POOL: z.coerce.number().int().min(2).max(500).default(16),
  APPLAUS_DEMO: flag.optional(),
  APPLAUS_PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be http://… or https://…' }).optional(),
  APPLAUS_JWT_SECRET: z.string().min(32, { error: 'must have at least 32 characters' }).optional(),
  APPLAUS_SECRET_KEYS: secretKeys.optional(),
  APPLAUS_JWKS_URL: z.url({ protocol: /^https?$/, error: 'must be http://… or https://…' }).optional(),
  APPLAUS_JWT_ISSUER: z.string().min(1).default('applaus'),
  APPLAUS_JWT_AUDIENCE: z.string().min(1).default('applaus'),
  APPLAUS_EVIDENCE_SECRET: z.string().min(32, { error: 'must have at least 32 characters' }).optional(),
  APPLAUS_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  APPLAUS_RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).default(6000),
  APPLAUS_TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  APPLAUS_CORS_ORIGINS: origins.optional(),
  APPLAUS_METRICS_TOKEN: z.string().min(16, { error: 'must have at least 16 characters' }).optional(),
  APPLAUS_SURVEYMONKEY_URL: z
    .url({ protocol: /^https?$/, error: 'must be https://…' })
    .default('https://api.surveymonkey.com'),
  APPLAUS_STOP_DELAY_SECONDS: z.coerce.number().int().min(0).max(120).default(0),
});

type Settings = z.output<typeof settings>;

/** The names of all settings. */
export const settingNames: readonly string[] = Object.keys(settings.shape);

type Completed = 'APPLAUS_JWT_SECRET' | 'APPLAUS_DEMO' | 'APPLAUS_PUBLIC_URL' | 'APPLAUS_CORS_ORIGINS';

export interface Config extends Omit<Settings, Completed> {
  readonly APPLAUS_JWT_SECRET: string | undefined;
  /** Whether an empty database is filled with the demo program. Never in production unless asked for. */
  readonly APPLAUS_DEMO: boolean;
  readonly APPLAUS_PUBLIC_URL: string;
  /** The origins whose pages may call the API; `*` means every one. */
  readonly APPLAUS_CORS_ORIGINS: readonly string[];
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
  if (config.SMTP_URL && !config.APPLAUS_MAIL_FROM) {
    throw new ConfigError('APPLAUS_MAIL_FROM has to be set beside SMTP_URL: every mail says whom it is from.');
  }
  return {
    ...config,
    APPLAUS_DEMO: config.APPLAUS_DEMO ?? !production,
    APPLAUS_CORS_ORIGINS: config.APPLAUS_CORS_ORIGINS ?? (production ? [] : ['*']),
    APPLAUS_PUBLIC_URL: config.APPLAUS_PUBLIC_URL ?? `http://localhost:${config.PORT}`,
    APPLAUS_JWT_SECRET:
      config.APPLAUS_JWT_SECRET ?? (config.APPLAUS_JWKS_URL ? undefined : developmentSecret(config.APPLAUS_DATA_DIR)),
  };
}

/** Outside production the shared secret is made on first use, never in the code. */
function developmentSecret(directory: string): string {
  return keptSecret(directory, 'jwt-secret');
}

/** A secret of 32 bytes in base64url that is made on first use and kept beside the database. */
export function keptSecret(directory: string, name: string): string {
  const file = path.join(directory, name);
  try {
    if (!existsSync(file)) writeSecret(directory, file);
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'for no known reason';
    throw new ConfigError(`The folder of APPLAUS_DATA_DIR cannot be used: ${reason}.`);
  }
}

function writeSecret(directory: string, file: string): void {
  mkdirSync(directory, { recursive: true });
  try {
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    // Another process was quicker: its secret is the one.
    if (!existsSync(file)) throw error;
  }
}
