import { expect } from '@jest/globals';
import { verify } from '../../src/app/invariants.js';
import type { Database } from '../../src/platform/database/database.js';

/** Everything that must always be true is, on the whole database. */
export async function expectInvariants(database: Database): Promise<void> {
  const checked = await verify(database);
  const broken = checked.filter(({ violations }) => violations.length > 0);
  expect(broken.map(({ invariant, violations }) => ({ sentence: invariant.sentence, violations }))).toEqual([]);
}
