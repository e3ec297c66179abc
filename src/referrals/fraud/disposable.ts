import MailChecker from 'mailchecker';

const disposable: ReadonlySet<string> = MailChecker.blacklist();

/** Services that forward to the reader's own inbox by addresses made at random: lasting, and of real people. */
const relays: ReadonlySet<string> = new Set([
  'duck.com',
  'mozmail.com',
  'anonaddy.me',
  'passmail.net',
  'privaterelay.appleid.com',
  'relay.firefox.com',
  'simplelogin.com',
]);

/** Reserved for tests and documentation (RFC 2606, RFC 6761): what stands before the @ there was made up anyway. */
const reserved = /(?:^|\.)(?:example|invalid|localhost|test|example\.(?:com|net|org))$/;

/** Whether an address is of a service that gives addresses for minutes, or of a subdomain of one. */
export function isDisposable(email: string): boolean {
  const domain = domainOf(email);
  const labels = domain.split('.');
  return !relays.has(domain) && labels.some((_, index) => disposable.has(labels.slice(index).join('.')));
}

/** Whether what stands before the @ was chosen by a person, so that its pattern says something. */
export function isChosen(email: string): boolean {
  const domain = domainOf(email);
  return !relays.has(domain) && !reserved.test(domain);
}

function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase();
}
