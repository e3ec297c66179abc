import normalizer from 'validator/lib/normalizeEmail.js';

const { default: normalizeEmail } = normalizer;

/** One provider, several domains: mail to either ends up in the same inbox. `validator` knows the other ones. */
const sameDomains: Readonly<Record<string, string>> = {
  'mac.com': 'icloud.com',
  'me.com': 'icloud.com',
  'protonmail.com': 'proton.me',
  'pm.me': 'proton.me',
};

/** Fastmail delivers anything@name.fastmail.com to name@fastmail.com. */
const subdomainAddresses = /^[^@]+@([^@]+)\.(fastmail\.(?:com|fm))$/;

/**
 * Where mail to an address ends up, for comparing: case, labels after a + and, by provider, dots, hyphens and other
 * names of the domain do not count. A + is folded for every provider: where it is no label, hardly anybody has one.
 */
export function inboxOf(email: string): string {
  const plain = email.trim().toLowerCase().replace(subdomainAddresses, '$1@$2');
  const normalized = normalizeEmail(plain) || plain;
  const at = normalized.lastIndexOf('@');
  const domain = normalized.slice(at + 1);
  const [name = ''] = normalized.slice(0, at).split('+');
  const host = sameDomains[domain] ?? domain;
  // Proton: "Capitalization, periods, hyphens, and underscores do not matter."
  return `${host === 'proton.me' ? name.replace(/[._-]/g, '') : name}@${host}`;
}

/** Addresses that most likely belong to the same inbox and can be looked for as they are: without label, both spellings. */
export function spellingsOf(email: string): readonly string[] {
  const plain = email.trim().toLowerCase();
  const [local = '', domain = ''] = plain.split('@');
  const [name = ''] = local.split('+');
  const others = domain === 'googlemail.com' ? ['gmail.com'] : domain === 'gmail.com' ? ['googlemail.com'] : [];
  const spelled = [domain, ...others].map((host) => `${name}@${host}`);
  return [...new Set([inboxOf(plain), ...spelled])].filter((address) => address !== plain);
}
