import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Webhook } from 'standardwebhooks';

/** A message that somebody sent to us, as it came. */
export interface WebhookMessage {
  readonly headers: IncomingHttpHeaders;
  /** The body, untouched: a signature is of its very characters. */
  readonly body: string;
}

/** A message that was caught on the way is worthless after it. */
const toleranceMilliseconds = 5 * 60_000;

/** Whether a time that a message is signed with is near enough to now. */
export function isRecent(sentAt: Date, now: Date): boolean {
  return Math.abs(now.getTime() - sentAt.getTime()) <= toleranceMilliseconds;
}

/** Whether two texts are the same, in a time that says nothing of where they differ. */
export function isSameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** A header that comes once; empty where it is missing. */
export function headerOf(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}

/**
 * Whether a message is signed with that secret, `whsec_…`, by Standard Webhooks (https://www.standardwebhooks.com), and
 * not long ago. The library's own check goes by the clock of the machine; here the server's clock decides, and it signs
 * only.
 */
export function isSignedByStandard({ headers, body }: WebhookMessage, secret: string, now: Date): boolean {
  const id = headerOf(headers, 'webhook-id');
  const sentAt = sentAtOf(headers);
  if (id === '' || !sentAt || !isRecent(sentAt, now)) return false;
  const expected = new Webhook(secret).sign(id, sentAt, body);
  return headerOf(headers, 'webhook-signature')
    .split(' ')
    .some((signature) => isSameText(signature, expected));
}

function sentAtOf(headers: IncomingHttpHeaders): Date | undefined {
  const seconds = headerOf(headers, 'webhook-timestamp');
  return /^\d{1,12}$/.test(seconds) ? new Date(Number(seconds) * 1_000) : undefined;
}
