import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { readConfig, settingNames } from '../../src/platform/config.js';

const example = readFileSync('.env.example', 'utf8');

describe('.env.example', () => {
  test('lists exactly the settings that there are, each under an explanation', () => {
    const listed = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
    expect(listed.sort()).toEqual([...settingNames].sort());
    for (const block of example.trim().split('\n\n')) expect(block).toMatch(/^# /);
  });

  test('is usable as it stands, and says the defaults', () => {
    const given = { ...parseEnv(example), APPLAUS_JWT_SECRET: 'a secret that only the tests know, and nobody else' };
    const bare = { APPLAUS_JWT_SECRET: given.APPLAUS_JWT_SECRET };
    expect(readConfig(given)).toEqual(readConfig(bare));
  });
});

describe('a setting that is wrong', () => {
  test.each([
    [{ APPLAUS_CORS_ORIGINS: 'hub.example.com' }, /APPLAUS_CORS_ORIGINS: .*https:/],
    [{ APPLAUS_CORS_ORIGINS: 'https://hub.example.com/' }, /APPLAUS_CORS_ORIGINS/],
    [{ APPLAUS_METRICS_TOKEN: 'short' }, /APPLAUS_METRICS_TOKEN: .*16/],
    [{ DATABASE_URL: 'postgres://localhost/applaus' }, /DATABASE_URL: .*mysql:/],
    [{ APPLAUS_DATA_DIR: '/dev/null/nowhere' }, /APPLAUS_DATA_DIR/],
  ])('%j is named', (environment, sentence) => {
    expect(() => readConfig(environment)).toThrow(sentence);
  });

  test('in production no page of another origin may call unless asked for', () => {
    const secret = { APPLAUS_JWT_SECRET: 'a secret that only the tests know, and nobody else' };
    expect(readConfig({ ...secret, NODE_ENV: 'production' }).APPLAUS_CORS_ORIGINS).toEqual([]);
    expect(readConfig(secret).APPLAUS_CORS_ORIGINS).toEqual(['*']);
  });
});
