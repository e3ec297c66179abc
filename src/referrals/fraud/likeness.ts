import { distance } from 'fastest-levenshtein';

/** Somebody as the program knows them. */
export interface Identity {
  readonly name: string | null;
  readonly email: string | null;
}

/** In what two people look like one; from what weighs most to what weighs nothing. */
export type Likeness = 'NAME_AND_ADDRESS' | 'ADDRESS' | 'MISSPELT' | 'NAME' | 'NEAR' | 'ADDRESS_ONLY' | 'DIFFERENT';

/** Shorter words differ by one letter too easily: Tim and Tom, Ann and Ana. */
const comparableLettersMin = 6;

/** What stands before the @ of everybody's address at work, so that it says nothing. */
const functions = new Set(
  'administratie administration bookkeeping contact customerservice directie facturen finance helpdesk invoices kantoor klantenservice marketing office planning receptie reception secretariaat service support verkoop welcome'.split(
    ' ',
  ),
);

/**
 * Compares two identities. Relatives have to come out as different people: a shared family name is nothing, and two given
 * names that differ by a letter, as those of twins do, are at most NEAR.
 */
export function likenessOf(a: Identity, b: Identity): Likeness {
  const names = compareNames(a.name, b.name);
  const addresses = compareLocals(a.email, b.email);
  if (names === 'same') return addresses === 'different' ? 'NAME' : 'NAME_AND_ADDRESS';
  if (names === 'near') {
    if (addresses === 'different') return 'DIFFERENT';
    return givenName(a) === givenName(b) || addresses === 'same' ? 'MISSPELT' : 'NEAR';
  }
  if (addresses !== 'same') return 'DIFFERENT';
  return a.name && b.name ? 'ADDRESS_ONLY' : 'ADDRESS';
}

function givenName({ name }: Identity): string {
  return folded(name ?? '').match(/\p{L}+/u)?.[0] ?? '';
}

type Comparison = 'same' | 'near' | 'different';

/** Full names, in any order of their words, without accents and signs. One word alone says nothing. */
function compareNames(a: string | null, b: string | null): Comparison {
  if (!a || !b) return 'different';
  const [left, right] = [wordsOf(a), wordsOf(b)];
  if (left.length < 2 || right.length < 2) return 'different';
  return compare(left.join(''), right.join(''));
}

/** What stands before the @, without digits and signs, whatever the provider. */
function compareLocals(a: string | null, b: string | null): Comparison {
  if (!a || !b) return 'different';
  const [left, right] = [lettersOfLocal(a), lettersOfLocal(b)];
  const tooShort = Math.min(left.length, right.length) < comparableLettersMin;
  return tooShort || functions.has(left) ? 'different' : compare(left, right);
}

function compare(left: string, right: string): Comparison {
  if (left === right) return 'same';
  if (Math.min(left.length, right.length) < comparableLettersMin) return 'different';
  return distance(left, right) === 1 ? 'near' : 'different';
}

function wordsOf(name: string): readonly string[] {
  return (folded(name).match(/[\p{L}]+/gu) ?? []).sort();
}

/** The name that an address says, without digits and signs. */
export function lettersOfLocal(email: string): string {
  const [local = ''] = folded(email).split('@');
  return (local.split('+')[0] ?? '').replace(/[^\p{L}]/gu, '');
}

/** A name for comparing with others: its words in order, without case, accents and signs. */
export function foldedName(name: string): string {
  return wordsOf(name).join(' ');
}

function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Whether a word has letters of two scripts, as in Аnna with a Cyrillic А: only to look like what it is not. */
export function mixesScripts(name: string): boolean {
  return (name.match(/[\p{L}\p{M}]+/gu) ?? []).some(
    (word) => /\p{Script=Latin}/u.test(word) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(word),
  );
}

/**
 * Whether an address looks typed by a machine: letters and digits in turns, or a long run without vowels. Our own rule of
 * thumb; real people have such addresses too, so it counts little unless one ambassador brings several.
 */
export function isMachineMade(email: string): boolean {
  const [local = ''] = email.toLowerCase().split('@');
  const bare = (local.split('+')[0] ?? '').replace(/[._-]/g, '');
  if (bare.length < 8) return false;
  const turns = bare.match(/[a-z]\d(?=[a-z])|\d[a-z](?=\d)/g)?.length ?? 0;
  return turns >= 2 || /[bcdfghjklmnpqrstvwxz]{6}/.test(bare);
}
