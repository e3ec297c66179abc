import { createHmac } from 'node:crypto';
import { headerOf, isSameText, type WebhookMessage } from '../../../platform/webhooks.js';

/** A message with what some vendors sign beside it. */
export interface VendorMessage extends WebhookMessage {
  /** The address that it was sent to, as its sender knows it. */
  readonly url: string;
}

/** How one tool proves who it is, and what its messages mean. */
export interface Vendor {
  readonly isSigned: (message: VendorMessage, secret: string, now: Date) => boolean;
  /** What its messages are called by itself, the same each time one is sent again; undefined where they have no name. */
  readonly messageIdOf: (message: VendorMessage, json: unknown) => string | undefined;
  /**
   * JSONata that makes of a message one answer, several or none:
   * {externalId, email, displayName, score, comment, answeredAt, responseId, attributes, answers}.
   */
  readonly mapping: string;
  /** What is wrong with a secret that it cannot sign with; undefined for one that it can. */
  readonly faultOf?: (secret: string) => string | undefined;
}

/** The HMAC of a body. */
export function hmac(algorithm: 'sha1' | 'sha256', secret: string, text: string, encoding: 'hex' | 'base64'): string {
  return createHmac(algorithm, secret).update(text).digest(encoding);
}

/** Whether a header is the HMAC-SHA256 of the body in hexadecimals, after `sha256=` or alone. */
export function isSignedInHex({ headers, body }: WebhookMessage, header: string, secret: string): boolean {
  return isSameText(headerOf(headers, header).replace(/^sha256=/, ''), hmac('sha256', secret, body, 'hex'));
}

/** The id of a message by Standard Webhooks. */
export function standardIdOf({ headers }: WebhookMessage): string | undefined {
  return headerOf(headers, 'webhook-id') || undefined;
}

/** What is wrong with a secret for Standard Webhooks. */
export function standardFaultOf(secret: string): string | undefined {
  return /^whsec_[A-Za-z0-9+/]{16,}={0,2}$/.test(secret) ? undefined : 'must be whsec_ and base64';
}

/** The text in a field at the top of a message. */
export function fieldOf(json: unknown, name: string): string | undefined {
  const value = json !== null && typeof json === 'object' ? (json as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}
