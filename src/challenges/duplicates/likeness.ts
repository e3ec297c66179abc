import { createHash } from 'node:crypto';
import type { SubmissionProofInput } from '../submission.proof.js';

/*
 * What two proofs have in common. An address is the same after its ornaments are taken off. Texts are compared by the
 * pieces of five characters that they consist of; which texts to compare at all is found by MinHash: texts that share
 * many pieces share at least one of their marks, almost always, so that an index finds them (A. Broder, 1997).
 */

const pieceLength = 5;
/** What is shorter is often said by many: "Solved in one call." */
const textLengthMin = 40;
const bands = 16;
const rowsPerBand = 3;

/** Parameters that say where a visitor came from, not what is to be seen. */
const tracking = /^(utm_.*|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|igsh|ref|ref_src|si|share|_ga|yclid|trk)$/i;

/** The address without what does not change where it leads. */
export function plainUrl(url: string): string {
  const { hostname, port, pathname, searchParams } = new URL(url);
  const kept = [...searchParams].filter(([name]) => !tracking.test(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  const query = kept.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
  const host = hostname.toLowerCase().replace(/^(www|m|amp)\./, '');
  return `${host}${port && `:${port}`}${decoded(pathname).replace(/\/+$/, '')}${query && `?${query}`}`;
}

/** The address of a proof, plain; undefined where it has none. */
export function urlOf({ review, link }: SubmissionProofInput): string | undefined {
  const url = review?.url ?? link?.url;
  return url && plainUrl(url);
}

/** What a proof says, as its pieces; none where it says too little to be compared. */
export function piecesOf(proof: SubmissionProofInput): ReadonlySet<string> {
  const text = plainText(proof);
  if (text.length < textLengthMin) return new Set();
  return new Set(Array.from({ length: text.length - pieceLength + 1 }, (_, at) => text.slice(at, at + pieceLength)));
}

/** How much two texts have in common: pieces that both have by pieces that one has, 0 to 1. */
export function similarity(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (one.size === 0 || other.size === 0) return 0;
  let shared = 0;
  for (const piece of one) if (other.has(piece)) shared++;
  return shared / (one.size + other.size - shared);
}

/** What a proof is found by: two that are alike share a mark. */
export function marksOf(proof: SubmissionProofInput): string[] {
  const url = urlOf(proof);
  return [...(url ? [`u${digest(url)}`] : []), ...textMarks(piecesOf(proof))];
}

function textMarks(pieces: ReadonlySet<string>): string[] {
  if (pieces.size === 0) return [];
  const hashes = Uint32Array.from(pieces, hashOf);
  return Array.from({ length: bands }, (_, band) => {
    const least = Array.from({ length: rowsPerBand }, (_each, row) => leastOf(hashes, band * rowsPerBand + row));
    return `t${band.toString(36)}${digest(least.join(' '))}`;
  });
}

/** The least of the hashes after they were shuffled in the way of that number. */
function leastOf(hashes: Uint32Array, shuffle: number): number {
  const salt = Math.imul(shuffle + 1, 0x9e3779b1);
  let least = 0xffffffff;
  for (const hash of hashes) {
    const mixed = mix(hash ^ salt);
    if (mixed < least) least = mixed;
  }
  return least;
}

/** The last steps of MurmurHash3: every bit of the input moves every bit of the result. */
function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** FNV-1a of a piece. */
function hashOf(piece: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < piece.length; at++) hash = Math.imul(hash ^ piece.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

function plainText({ review, quote, answer, form }: SubmissionProofInput): string {
  const said = review?.text ?? quote?.text ?? answer?.text ?? (form ? textsIn(form.values).join(' ') : '');
  return said
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
