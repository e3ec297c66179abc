import { createHmac } from 'node:crypto';
import type { SightingKind } from './facts.js';

/**
 * A value as it is kept: HMAC-SHA-256 under the program's key and, where the server has one, the secret of its settings,
 * so that a copy of the database alone does not tell whose addresses they are. The kind is part of it.
 */
export class SightingHashes {
  private readonly key: Buffer;

  constructor(programKey: string, serverSecret: string | undefined) {
    this.key = createHmac('sha256', serverSecret ?? '')
      .update(Buffer.from(programKey, 'hex'))
      .digest();
  }

  of(kind: SightingKind, value: string): string {
    return createHmac('sha256', this.key).update(`${kind}\0${value}`).digest('hex');
  }
}
