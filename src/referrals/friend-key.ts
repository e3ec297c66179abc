import { createHash } from 'node:crypto';
import { searchable } from '../ambassadors/ambassador.service.js';
import { inboxOf } from './fraud/inbox.js';

interface Known {
  readonly externalId?: string | null;
  readonly email?: string | null;
}

/** What a friend is known by before the friend is a contact: fingerprints of the address and of the owner's id. */
export function friendKeys(programId: string, { email, externalId }: Known): readonly string[] {
  const named = [email ? `inbox:${inboxOf(email)}` : '', externalId ? `id:${externalId}` : ''].filter(Boolean);
  return named.map((name) => createHash('sha256').update(`${programId} ${name}`).digest('hex'));
}

/**
 * Whether somebody of this name can be meant: each word that was said begins one of the name, and at least one is whole.
 * "Anna", "anna de vries" and "A. Vries" all fit Anna de Vries.
 */
export function nameFits(said: string, displayName: string): boolean {
  const [saidWords, words] = [wordsOf(said), wordsOf(displayName)];
  return (
    saidWords.every((word) => words.some((each) => each.startsWith(word))) &&
    saidWords.some((word) => words.includes(word))
  );
}

function wordsOf(name: string): string[] {
  return searchable(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}
