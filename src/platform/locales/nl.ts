import type { en } from './en.js';

/** The same sentences in Dutch. */
export const nl: Readonly<Record<keyof typeof en, string>> = {
  'problem.inputInvalid': 'De invoer klopt niet. De lijst zegt wat er mis is, en waar.',
  'problem.notFound': 'Het bestaat niet, of je mag het niet zien.',
  'problem.idempotencyKeyReused': 'Deze idempotencysleutel is eerder gebruikt met andere invoer.',
  'problem.balanceInsufficient': 'Er zijn {{requiredPoints}} punten nodig; {{availablePoints}} zijn beschikbaar.',
  'problem.alreadyReversed': 'Het is al teruggedraaid; er is niets van over.',
  'error.unauthenticated': 'Log in om dit te doen.',
  'error.forbidden': 'Dit mag je niet doen.',
  'error.internal': 'Er ging bij ons iets mis. Het is genoteerd onder dit verzoeknummer.',
};
