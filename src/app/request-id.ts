import type { Random } from '../platform/random.js';

/** A request id of a proxy or caller is kept if it is one plain word, so that it cannot forge lines of the log. */
const sane = /^[\w.:-]{8,100}$/;

/** The id under which a request is logged, and which its caller gets: the caller's own, or a new one. */
export function newRequestId(random: Random, given?: string | string[]): string {
  if (typeof given === 'string' && sane.test(given)) return given;
  return Buffer.from(random.bytes(12)).toString('hex');
}
