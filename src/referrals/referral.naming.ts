import sql from 'sql-template-tag';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { Transaction } from '../platform/database/database.js';
import { rowId } from '../platform/graphql/node.js';
import type { ReferralClicks } from './referral.clicks.js';
import type { ReferralCodes } from './referral.codes.js';
import type { ReferralRefusalReason, ReferralTerms } from './referral.entity.js';
import type { ReferralRegisterInput } from './referral.inputs.js';
import type { ReferralChannel, ReferralSource } from './referral.sources.js';

/** What somebody says of who sent a friend; what they do not know they leave out. */
export interface Naming {
  readonly code?: string | null;
  readonly clickId?: string | null;
  readonly ambassadorId?: string | null;
  readonly channel?: ReferralChannel | null;
}

/** Who is meant, and how that is known. */
export interface Named {
  readonly referrer: Ambassador;
  readonly source: ReferralSource;
  readonly channel: ReferralChannel | null;
  readonly clickId: string | null;
}

/** Somebody is named as the one who sent a friend. */
export interface NamedClaim extends Pick<ReferralRegisterInput, 'friend' | 'evidence'> {
  readonly terms: ReferralTerms;
  readonly named: Named;
}

export function namesNobody({ code, clickId, ambassadorId }: Naming): boolean {
  return !code && !clickId && !ambassadorId;
}

/**
 * Finds the ambassador whom a code or a click names. A code was typed with intent and goes before a click, which may be
 * left over from an earlier visit; a click of the same ambassador still says over which channel the friend came.
 */
export class ReferralNaming {
  constructor(
    private readonly codes: ReferralCodes,
    private readonly clicks: ReferralClicks,
  ) {}

  async find(tx: Transaction, terms: ReferralTerms, naming: Naming): Promise<Named | ReferralRefusalReason> {
    const click = naming.clickId ? await this.clicks.find(tx, terms.programId, naming.clickId) : undefined;
    const openClick = click && this.clicks.isOpen(tx, terms, click) ? click : undefined;
    if (!naming.code && naming.ambassadorId) return this.chosen(tx, terms, naming);
    if (!naming.code) {
      if (!openClick) return click ? 'EXPIRED' : 'UNKNOWN_CODE';
      const { ambassadorId, id, channel } = openClick;
      return this.named(tx, ambassadorId, { source: 'CLICK', channel: channel ?? naming.channel ?? null, clickId: id });
    }
    const code = await this.codes.find(tx, naming.code);
    if (code?.programId !== terms.programId) return 'UNKNOWN_CODE';
    const same = openClick?.ambassadorId === code.ambassadorId ? openClick : undefined;
    return this.named(tx, code.ambassadorId, {
      source: same ? 'CLICK' : 'CODE',
      channel: same?.channel ?? naming.channel ?? null,
      clickId: same?.id ?? null,
    });
  }

  /** Somebody who may look ambassadors up says who it was. */
  private async chosen(tx: Transaction, terms: ReferralTerms, naming: Naming): Promise<Named | ReferralRefusalReason> {
    const id = rowId(Ambassador, naming.ambassadorId ?? '') ?? '';
    const referrer = await tx.first(Ambassador, sql`WHERE id = ${id} AND program_id = ${terms.programId}`);
    if (!referrer) return 'UNKNOWN_CODE';
    return { referrer, source: 'NAME', channel: naming.channel ?? 'SPOKEN', clickId: null };
  }

  private async named(tx: Transaction, ambassadorId: string, how: Omit<Named, 'referrer'>): Promise<Named> {
    const referrer = await tx.first(Ambassador, sql`WHERE id = ${ambassadorId}`);
    if (!referrer) throw new Error('A code or a click is of nobody');
    return { referrer, ...how };
  }
}
