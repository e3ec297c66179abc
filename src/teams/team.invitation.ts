import { createHash } from 'node:crypto';
import type { Random } from '../platform/random.js';

const codeBytes = 10;

/** A code that nobody guesses: 80 bits, in lower-case hexadecimal. */
export function newInvitation(random: Random): string {
  return Buffer.from(random.bytes(codeBytes)).toString('hex');
}

/** What is kept of a code. As long as it is, nobody finds it by trying, so it needs no salt. */
export function hashOfInvitation(code: string): string {
  return createHash('sha256').update(code.toLowerCase()).digest('hex');
}
