import sql, { join, type Sql } from 'sql-template-tag';
import type { Database, Transaction } from '../platform/database/database.js';
import type { Events } from '../platform/events/events.js';
import { Ask, type AskOutcome, type AskRefusal, AskTally } from './ask.entity.js';
import type { AskKind } from './ask.kinds.js';
import { sharingKinds } from './ask.kinds.js';

interface AskEvent {
  readonly askId: string;
  readonly kind: AskKind;
}

declare module '../platform/events/events.js' {
  interface EventMap {
    'ask.made': AskEvent;
    'ask.accepted': AskEvent;
    'ask.declined': AskEvent & { readonly refusal: AskRefusal };
    'ask.expired': AskEvent;
  }
}

const expiredAtOnce = 200;

/**
 * What becomes of asks: each open one is accepted, declined or expires, once, and is counted with its group in the same
 * transaction. Accepted is what was done while the ask was open, so that whatever comes late changes nothing.
 */
export class AskOutcomes {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
  ) {}

  /** They joined. */
  async joined(tx: Transaction, contactId: string): Promise<void> {
    await this.acceptWhere(tx, sql`contact_id = ${contactId} AND kind = 'JOIN'`);
  }

  /** They did a challenge: the one that they were asked for. */
  async submitted(tx: Transaction, ambassadorId: string, challengeId: string): Promise<void> {
    const own = sql`contact_id = (SELECT contact_id FROM ambassador WHERE id = ${ambassadorId})`;
    await this.acceptWhere(tx, sql`${own} AND kind <> 'JOIN' AND challenge_id = ${challengeId}`);
  }

  /** A friend came by them: what they were asked to share over that channel, over any if nobody knows which. */
  async brought(tx: Transaction, referralId: string): Promise<void> {
    const [referral] = await tx.query<{ contact_id: string; channel: string | null }>(sql`
      SELECT ambassador.contact_id, referral.channel FROM referral
      JOIN ambassador ON ambassador.id = referral.referrer_id WHERE referral.id = ${referralId}`);
    if (!referral) return;
    const { contact_id: contactId, channel } = referral;
    const over = sharingKinds.filter((kind) => channel === null || kind === `SHARE_${channel}`);
    await this.acceptWhere(tx, sql`contact_id = ${contactId} AND kind IN (${join([...over, 'REFERRAL'])})`);
  }

  /** Notes a new ask. What was open of its kind has not been done by now, and is over. */
  async made(tx: Transaction, ask: Ask): Promise<void> {
    const { id: askId, programId, contactId, kind, status } = ask;
    if (status === 'OPEN') {
      const same = sql`contact_id = ${contactId} AND kind = ${kind} AND status = 'OPEN' AND id <> ${askId}`;
      for (const earlier of await tx.select(Ask, sql`WHERE ${same}`)) await this.settle(tx, earlier, 'EXPIRED');
      await count(tx, ask, 'ASKED');
    }
    await this.events.emit(tx, 'ask.made', programId, { askId, kind });
  }

  /** They said no. Said after the ask was over it changes no outcome, and is heeded all the same. */
  async decline(tx: Transaction, ask: Ask, refusal: AskRefusal): Promise<void> {
    if (await this.settle(tx, ask, 'DECLINED', refusal)) return;
    await tx.execute(sql`UPDATE ask SET refusal = ${refusal} WHERE id = ${ask.id}`);
  }

  /** Ends some asks whose time is over, of any program; answers how many. */
  async expireSome(now: Date): Promise<number> {
    return this.database.transact(async (tx) => {
      const over = await tx.select(
        Ask,
        sql`WHERE status = 'OPEN' AND expires_at <= ${now} ORDER BY expires_at LIMIT ${expiredAtOnce}
          ${tx.forUpdateSkipLocked}`,
      );
      for (const ask of over) await this.settle(tx, ask, 'EXPIRED');
      return over.length;
    });
  }

  private async acceptWhere(tx: Transaction, which: Sql): Promise<void> {
    const open = await tx.select(Ask, sql`WHERE ${which} AND status = 'OPEN' AND expires_at > ${tx.now}`);
    for (const ask of open) await this.settle(tx, ask, 'ACCEPTED');
  }

  /** Once: whoever comes second finds nothing open. */
  private async settle(
    tx: Transaction,
    ask: Ask,
    outcome: Exclude<AskOutcome, 'ASKED'>,
    refusal: AskRefusal | null = null,
  ): Promise<boolean> {
    const changed = await tx.execute(sql`
      UPDATE ask SET status = ${outcome}, settled_at = ${tx.now}, refusal = ${refusal}
      WHERE id = ${ask.id} AND status = 'OPEN'`);
    if (changed === 0) return false;
    await count(tx, ask, outcome);
    const told = { askId: ask.id, kind: ask.kind };
    if (refusal) await this.events.emit(tx, 'ask.declined', ask.programId, { ...told, refusal });
    else if (outcome === 'ACCEPTED') await this.events.emit(tx, 'ask.accepted', ask.programId, told);
    else await this.events.emit(tx, 'ask.expired', ask.programId, told);
    return true;
  }
}

async function count(tx: Transaction, { programId, groupKey, kind }: Ask, outcome: AskOutcome): Promise<void> {
  await tx.accumulate(AskTally, [{ programId, groupKey, kind, outcome, asks: 1 }], 'asks');
}
