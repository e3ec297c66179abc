import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readConfig } from '../../src/platform/config.js';
import { Sealer } from '../../src/platform/sealed.js';

const key = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;
const [first, second] = [key('first'), key('second')];

function sealerWith(settings: Readonly<Record<string, string>>): Sealer {
  return new Sealer(
    readConfig({ APPLAUS_JWT_SECRET: 'a secret that only the tests know, and nobody else', ...settings }),
  );
}
const sealer = sealerWith({ APPLAUS_SECRET_KEYS: first });

describe('a sealed secret', () => {
  test('opens to what was sealed, in its own place alone, and looks different every time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, place) => {
        const sealed = sealer.seal(text, place);
        expect(sealer.open(sealed, place)).toBe(text);
        expect(sealer.seal(text, place)).not.toBe(sealed);
        expect(() => sealer.open(sealed, `${place}!`)).toThrow();
      }),
    );
  });

  test('does not open with any of its bytes changed', () => {
    const sealed = sealer.seal('a secret', 'here');
    const [version, id, text = ''] = sealed.split('.');
    const bytes = Buffer.from(text, 'base64url');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => sealer.open(`${version}.${id}.${changed.toString('base64url')}`, 'here')).toThrow();
    }
  });

  test('opens after its key was replaced, and no more once it is gone', () => {
    const sealed = sealer.seal('a secret', 'here');
    const both = sealerWith({ APPLAUS_SECRET_KEYS: `${second}, ${first}` });
    expect([both.keyId, both.open(sealed, 'here')]).toEqual(['second', 'a secret']);
    expect(both.fingerprints('a secret', 'kind')[1]).toBe(sealer.fingerprints('a secret', 'kind')[0]);
    expect(() => sealerWith({ APPLAUS_SECRET_KEYS: second }).open(sealed, 'here')).toThrow('No key opens');
  });
});

describe('the keys', () => {
  test('are made on first use outside production, and kept for the next process', () => {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'applaus-key-'));
    const sealed = sealerWith({ APPLAUS_DATA_DIR: directory }).seal('a secret', 'here');
    expect(sealerWith({ APPLAUS_DATA_DIR: directory }).open(sealed, 'here')).toBe('a secret');
    expect(readFileSync(path.join(directory, 'secret-key'), 'utf8')).toHaveLength(43);
    expect(sealerWith({ APPLAUS_DATA_DIR: directory, NODE_ENV: 'production' }).isReady).toBe(false);
    rmSync(directory, { recursive: true });
  });

  test.each(['no colon', `short:${randomBytes(16).toString('base64')}`, `${first},${key('first')}`])(
    'stop the start where they are wrong',
    (keys) => expect(() => sealerWith({ APPLAUS_SECRET_KEYS: keys })).toThrow(/APPLAUS_SECRET_KEYS: must/),
  );
});
