import type { Random } from '../platform/random.js';

/**
 * Codes that people say aloud and write down: no two signs look alike (0 and O, 1 and I, 2 and Z, 5 and S, 6 and G, 8 and
 * B, U and V), no vowels, so that no words come up, and a check sign at the end.
 */
const alphabet = '23456789CDFHJKMNPQRTVWXY';
const payloadLength = 7;
export const codeLength = payloadLength + 1;

/** What people write or type for a sign that we do not have. */
const lookAlikes: Readonly<Record<string, string>> = { Z: '2', S: '5', G: '6', B: '8', U: 'V' };

/** A new code, without its hyphen: 24^7 are 4.6 thousand million. */
export function newCode(random: Random): string {
  const signs = Array.from({ length: payloadLength }, () => randomSign(random)).join('');
  return signs + checkSign(signs);
}

/** As it is shown and said: in two halves. */
export function spoken(code: string): string {
  return `${code.slice(0, codeLength / 2)}-${code.slice(codeLength / 2)}`;
}

/** What somebody typed, as the code that it would be: case, spaces and hyphens do not count, nor do look-alikes. */
export function foldCode(typed: string): string {
  const signs = typed.toUpperCase().replace(/[\s\-–—._]/g, '');
  return Array.from(signs, (sign) => lookAlikes[sign] ?? sign).join('');
}

/** Whether it can be a code at all: its length, its signs, its check sign. */
export function isCode(folded: string): boolean {
  const signs = [...folded];
  if (signs.length !== codeLength || !signs.every((sign) => alphabet.includes(sign))) return false;
  return checkSign(folded.slice(0, payloadLength)) === folded.at(-1);
}

/** The codes that one slip away from what was typed could be meant: a wrong sign, two swapped, one missing or too many. */
export function codesNear(folded: string): readonly string[] {
  if (Math.abs(folded.length - codeLength) > 1) return [];
  const near = new Set<string>();
  for (let at = 0; at <= folded.length; at++) {
    const [before, after] = [folded.slice(0, at), folded.slice(at)];
    if (after.length > 1) near.add(`${before}${after[1]}${after[0]}${after.slice(2)}`);
    near.add(before + after.slice(1));
    for (const sign of alphabet) {
      near.add(before + sign + after.slice(1));
      near.add(before + sign + after);
    }
  }
  near.delete(folded);
  return [...near].filter(isCode);
}

/** ISO 7064, the hybrid system MOD N+1,N over this alphabet: finds every wrong sign and nearly every swap. */
function checkSign(payload: string): string {
  const size = alphabet.length;
  let product = size;
  for (const sign of payload) {
    const sum = (product + alphabet.indexOf(sign)) % size || size;
    product = (sum * 2) % (size + 1);
  }
  return alphabet.charAt((size + 1 - product) % size);
}

/** Every sign is as likely as every other: bytes that would tip the balance are thrown away. */
function randomSign(random: Random): string {
  const limit = 256 - (256 % alphabet.length);
  for (;;) {
    const [byte = 255] = random.bytes(1);
    if (byte < limit) return alphabet.charAt(byte % alphabet.length);
  }
}
