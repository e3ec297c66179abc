import type { Transaction } from '../platform/database/database.js';
import type { ContactAttributes } from './contact.entity.js';

/** What a contact that was known before had, and has from now on. */
export interface AttributeChange {
  readonly contactId: string;
  readonly before: ContactAttributes;
  readonly after: ContactAttributes;
}

type Follower = (tx: Transaction, programId: string, changes: readonly AttributeChange[]) => Promise<void>;

/**
 * Tells whoever keeps counts by attribute what changed, in the transaction that changes it. No event: those are kept, and
 * what a person was is nobody's to keep.
 */
export class AttributeChanges {
  private readonly followers: Follower[] = [];

  follow(follower: Follower): void {
    this.followers.push(follower);
  }

  async tell(tx: Transaction, programId: string, changes: readonly AttributeChange[]): Promise<void> {
    if (changes.length === 0) return;
    for (const follower of this.followers) await follower(tx, programId, changes);
  }
}
