import { randomBytes } from 'node:crypto';

/** Where chance comes from. Tests and the demo program seed it. */
export interface Random {
  bytes(count: number): Uint8Array;
}

export const systemRandom: Random = { bytes: systemBytes };

const poolBytes = 4_096;
let pool: Uint8Array = new Uint8Array(0);

/** The system is asked for a pool at a time: an id takes 16 bytes, and each call costs as much as the rest of it. */
function systemBytes(count: number): Uint8Array {
  if (count > poolBytes) return randomBytes(count);
  if (pool.length < count) pool = randomBytes(poolBytes);
  const bytes = pool.slice(0, count);
  pool = pool.subarray(count);
  return bytes;
}

/** The same bytes for the same seed (mulberry32). For demos and tests; never for secrets. */
export class SeededRandom implements Random {
  constructor(private state: number) {}

  /** A number from 0 up to, not including, 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => Math.floor(this.next() * 256));
  }
}
