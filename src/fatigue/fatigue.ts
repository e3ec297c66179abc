import sql, { type Sql } from 'sql-template-tag';
import type { Reader, Transaction } from '../platform/database/database.js';
import { timeOf } from '../platform/database/rows.js';
import { ContactAsk, FatigueBudget, FatigueTerms } from './budget.entity.js';
import type { FatigueKind } from './fatigue-kind.js';

const dayMilliseconds = 86_400_000;

/** Somebody who is asked for something, and what asks. */
export interface Asking {
  readonly programId: string;
  readonly contactId: string;
  readonly kind: FatigueKind;
  readonly causeId: string;
}

/**
 * The one place that says how often a person may be asked. Whoever asks holds the row of the contact, looks, and notes
 * the ask in the same transaction: so two who ask at once come one after the other.
 */
export class Fatigue {
  async budgetOf(db: Reader, programId: string): Promise<FatigueBudget> {
    return new FatigueBudget(await db.first(FatigueTerms, sql`WHERE program_id = ${programId}`));
  }

  /** Which kinds may be asked for in reply to what somebody just did: by the clocks of the kinds alone. */
  async repliesOpen(tx: Transaction, programId: string, contactId: string): Promise<ReadonlySet<FatigueKind>> {
    const budget = await this.budgetOf(tx, programId);
    const rows = await tx.query<{ kind: FatigueKind; last_at: string }>(sql`
      SELECT kind, MAX(asked_at) AS last_at FROM contact_ask WHERE contact_id = ${contactId} GROUP BY kind`);
    const lastAsks = new Map(rows.map((row) => [row.kind, timeOf(row.last_at)]));
    const isOpen = ({ kind, days }: { kind: FatigueKind; days: number }) => {
      const last = lastAsks.get(kind);
      return days === 0 || last === undefined || last <= daysBefore(tx.now, days);
    };
    return new Set(budget.clocks.filter(isOpen).map(({ kind }) => kind));
  }

  /** Notes what somebody is asked in reply; not again what the clock of its kind would not let through. */
  async noteReply(tx: Transaction, asking: Asking): Promise<void> {
    const open = await this.repliesOpen(tx, asking.programId, asking.contactId);
    if (!open.has(asking.kind)) return;
    const budget = await this.budgetOf(tx, asking.programId);
    const kindClearSince = daysBefore(tx.now, budget.daysOf(asking.kind));
    await tx.insert(ContactAsk, { ...row(tx, asking), kindClearSince, allClearSince: null });
  }

  /** Notes what goes out by itself, to many. */
  async noteOutgoing(tx: Transaction, budget: FatigueBudget, askings: readonly Asking[]): Promise<void> {
    const allClearSince = daysBefore(tx.now, budget.allDays);
    await tx.insert(
      ContactAsk,
      askings.map((asking) => {
        const kindClearSince = daysBefore(tx.now, budget.daysOf(asking.kind));
        return { ...row(tx, asking), kindClearSince, allClearSince };
      }),
    );
  }

  /** Takes back what was noted of something that never reached the person. */
  async withdraw(tx: Transaction, causeId: string): Promise<void> {
    await tx.execute(sql`DELETE FROM contact_ask WHERE cause_id = ${causeId}`);
  }
}

/** SQL for a row of `contact`: when it was last asked for a kind, where that is within the budget's days; else null. */
export function lastAskWithin(now: Date, days: number, kind?: FatigueKind): Sql {
  if (days === 0) return sql`NULL`;
  const ofKind = kind ? sql` AND contact_ask.kind = ${kind}` : sql``;
  return sql`(SELECT MAX(contact_ask.asked_at) FROM contact_ask
    WHERE contact_ask.contact_id = contact.id${ofKind} AND contact_ask.asked_at > ${daysBefore(now, days)})`;
}

export function daysBefore(time: Date, days: number): Date {
  return new Date(time.getTime() - days * dayMilliseconds);
}

function row(tx: Transaction, asking: Asking) {
  return { ...asking, id: tx.newId(), askedAt: tx.now };
}
