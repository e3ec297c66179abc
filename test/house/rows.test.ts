import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

/** A small house in which each file breaks one rule, to see that the rules notice. */
const crooked: Readonly<Record<string, string>> = {
  'src/main.ts': "import './identity/session.js';\nimport './cellar/wine.js';\nimport './contacts/contact.js';",
  'src/identity/session.ts': "import type { Ledger } from '../points/ledger.js';\nexport type Session = Ledger;",
  'src/points/ledger.ts': "import type { Chain } from './chain.js';\nexport type Ledger = Chain;",
  'src/points/chain.ts': "import type { Ledger } from './ledger.js';\nexport type Chain = Ledger[];",
  'src/contacts/contact.ts':
    "import { Program } from '../programs/program.js';\nexport class Contact extends Program {}",
  'src/programs/program.ts': 'export class Program {}',
  'src/platform/clock.ts': "export const late = () => import('../identity/session.js');",
  'src/cellar/wine.ts': "export * from './nowhere.js';",
};

let directory: string;
let said: string;

beforeAll(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'applaus-house-'));
  for (const [name, text] of Object.entries(crooked)) {
    mkdirSync(path.join(directory, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(directory, name), `${text}\n`);
  }
  writeFileSync(path.join(directory, 'package.json'), '{ "type": "module" }');
  const cruiser = path.resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const rules = path.resolve('.dependency-cruiser.mjs');
  said = spawnSync(process.execPath, [cruiser, '--config', rules, 'src'], { cwd: directory, encoding: 'utf8' }).stdout;
});
afterAll(() => rmSync(directory, { recursive: true }));

describe('The rules of the house notice', () => {
  test.each([
    ['an import from a row above, also of a type alone', 'row-of-identity: src/identity/session.ts → src/points'],
    ['an import within one row', 'row-of-contacts: src/contacts/contact.ts → src/programs/program.ts'],
    ['a feature that is loaded by the platform', 'row-of-platform: src/platform/clock.ts → src/identity/session.ts'],
    ['a circle, also of types alone', 'no-circles: src/points/'],
    ['a file that nothing reaches', 'no-dead-files: src/platform/clock.ts'],
    ['a folder that has no row', 'known-folder: src/main.ts → src/cellar/wine.ts'],
    ['a file that is not there', 'no-unresolvable: src/cellar/wine.ts → ./nowhere.js'],
  ])('%s', (_, violation) => {
    expect(said).toContain(violation);
  });
});
