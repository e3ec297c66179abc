import { RateLimiterMemory } from 'rate-limiter-flexible';
import sql, { join } from 'sql-template-tag';
import { Entity, PrimaryColumn } from 'typeorm';
import { Stored } from '../platform/database/columns.js';
import type { Database, Reader, Transaction } from '../platform/database/database.js';
import { isUniqueViolation, RaceLost } from '../platform/database/errors.js';
import type { Events } from '../platform/events/events.js';
import type { BaseContext } from '../platform/graphql/context.js';
import { inOrder, Loader } from '../platform/graphql/loader.js';
import type { Random } from '../platform/random.js';
import type { ReferralCodes } from './referral.codes.js';
import { ReferralClick, type ReferralCode, ReferralTerms } from './referral.entity.js';
import type { ReferralChannel } from './referral.sources.js';
import { spoken } from './spoken-code.js';

const dayMilliseconds = 86_400_000;
/** 128 bits: a click can be named only by who was sent on with it. */
const tokenBytes = 16;

const hourMilliseconds = 3_600_000;
/** More clicks on one link from one network in an hour are no visitors: a school behind one address has fewer. */
const networkClicksPerHourMax = 60;
/** More clicks on one link in an hour are not noted one by one, wherever they come from: the table stays bounded. */
const linkClicksPerHourMax = 1_000;

/** Clicks that came in floods: counted by the day instead of noted, so that a flood costs one row. */
@Entity('referral_click_flood')
export class ReferralClickFlood {
  @PrimaryColumn('varchar', { length: '36', name: 'ambassador_id' })
  readonly ambassadorId: string;

  /** In UTC, as in 2026-03-02. */
  @PrimaryColumn('varchar', { length: '64', name: 'day' })
  readonly day: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('integer', 'clicks')
  readonly clicks: number;
}

/** How a link is followed: over which channel, from where, and whether it was a person as far as can be told. */
export interface Visit {
  readonly channel: ReferralChannel | null;
  /** The network it comes from; kept in memory for an hour, and nowhere else. */
  readonly network: string;
  readonly counts: boolean;
}

/** Where a link leads. */
export interface FollowedLink {
  readonly code: string;
  /** The program's own page; null where it has none. */
  readonly landingUrl: string | null;
  /** What the landing page names the click by; null where none was noted. */
  readonly clickToken: string | null;
}

/** How often the links of ambassadors were followed. */
export const clicksOf = new Loader(async (context: BaseContext, ambassadorIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.query<{ ambassador_id: string; n: number | string }>(sql`
      SELECT ambassador_id, COUNT(*) AS n FROM referral_click
      WHERE ambassador_id IN (${join([...ambassadorIds])}) GROUP BY ambassador_id`),
  );
  return inOrder(ambassadorIds, rows, (row) => row.ambassador_id).map((row) => Number(row?.n ?? 0));
});

/** How many clicks were not noted, because they came in a flood. */
export const floodClicksOf = new Loader(async (context: BaseContext, ambassadorIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.query<{ ambassador_id: string; n: number | string }>(sql`
      SELECT ambassador_id, SUM(clicks) AS n FROM referral_click_flood
      WHERE ambassador_id IN (${join([...ambassadorIds])}) GROUP BY ambassador_id`),
  );
  return inOrder(ambassadorIds, rows, (row) => row.ambassador_id).map((row) => Number(row?.n ?? 0));
});

export const clickById = new Loader(async (context: BaseContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) => db.select(ReferralClick, sql`WHERE id IN (${join([...ids])})`));
  return inOrder(ids, rows, (row) => row.id);
});

/** Clicks on links: noted, and found again when the friend registers or buys. */
export class ReferralClicks {
  private readonly perNetwork = new RateLimiterMemory({ points: networkClicksPerHourMax, duration: 3_600 });

  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly codes: ReferralCodes,
    private readonly random: Random,
  ) {}

  /** Somebody follows a link: notes the click, and says where the program wants them. Undefined for no code of ours. */
  async follow(typed: string, visit: Visit): Promise<FollowedLink | undefined> {
    const code = await this.database.read((db) => this.codes.find(db, typed));
    if (!code) return undefined;
    const clickToken = visit.counts ? await this.note(code, visit) : null;
    const terms = await this.database.read((db) => db.first(ReferralTerms, sql`WHERE program_id = ${code.programId}`));
    return { code: spoken(code.code), landingUrl: terms?.landingUrl ?? null, clickToken };
  }

  /** The click of this program that a landing page was given. */
  async find(db: Reader, programId: string, token: string): Promise<ReferralClick | undefined> {
    const click = await db.first(ReferralClick, sql`WHERE token = ${token}`);
    // Databases that ignore case would take the token in another one.
    return click?.programId === programId && click.token === token ? click : undefined;
  }

  /** Whether a friend can still be registered by this click. */
  isOpen(tx: Transaction, terms: ReferralTerms, click: ReferralClick): boolean {
    return click.clickedAt.getTime() + terms.clickDays * dayMilliseconds >= tx.now.getTime();
  }

  /** What the click is called by; null for one of a flood, which is sent on by the code alone. */
  private async note(code: ReferralCode, { channel, network }: Visit): Promise<string | null> {
    const { programId, ambassadorId } = code;
    const token = Buffer.from(this.random.bytes(tokenBytes)).toString('base64url');
    const crowded = await this.isCrowded(`${ambassadorId} ${network}`);
    return this.database.transact(async (tx) => {
      if (crowded || (await this.isFull(tx, ambassadorId))) {
        await this.countFlood(tx, code);
        return null;
      }
      await tx.insert(ReferralClick, { id: tx.newId(), programId, ambassadorId, clickedAt: tx.now, channel, token });
      return token;
    });
  }

  private async isCrowded(key: string): Promise<boolean> {
    const { consumedPoints } = await this.perNetwork.penalty(key);
    return consumedPoints > networkClicksPerHourMax;
  }

  private async isFull(tx: Transaction, ambassadorId: string): Promise<boolean> {
    const since = new Date(tx.now.getTime() - hourMilliseconds);
    const latest = sql`WHERE ambassador_id = ${ambassadorId} AND clicked_at > ${since}`;
    return (await tx.count(ReferralClick, latest)) >= linkClicksPerHourMax;
  }

  private async countFlood(tx: Transaction, { ambassadorId, programId }: ReferralCode): Promise<void> {
    const day = tx.now.toISOString().slice(0, 10);
    const known = await tx.execute(sql`
      UPDATE referral_click_flood SET clicks = clicks + 1 WHERE ambassador_id = ${ambassadorId} AND day = ${day}`);
    if (known > 0) return;
    try {
      await tx.insert(ReferralClickFlood, { ambassadorId, day, programId, clicks: 1 });
    } catch (error) {
      if (isUniqueViolation(error)) throw new RaceLost('Another click of the flood came first');
      throw error;
    }
    await this.events.emit(tx, 'referral.clicksFlooded', programId, { ambassadorId });
  }
}
