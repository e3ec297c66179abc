import sql, { join } from 'sql-template-tag';
import type { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { RequestContext } from '../identity/session.js';
import type { Clock } from '../platform/clock.js';
import type { Database, Reader } from '../platform/database/database.js';
import { decodeCursor, encodeCursor } from '../platform/database/paginate.js';
import type { BaseContext } from '../platform/graphql/context.js';
import { grouped, Loader } from '../platform/graphql/loader.js';
import { InputInvalid, NotFound } from '../platform/graphql/problem.js';
import { PointsExpiryTerms } from './expiry.entity.js';
import type { ExpiringPointsArgs, ExpiryPreviewArgs, PointsExpirySetInput } from './expiry.inputs.js';
import { type ExpiryRules, readTerms, reckonExpiries } from './expiry.reckoning.js';
import { type AmbassadorExpiry, type ExpiringPoints, ExpiryPreview, type ExpiryTotals } from './expiry.results.js';
import { expiringBetween } from './expiry.run.js';
import type { ExpiringSlice, Terms } from './expiry.terms.js';
import type { PointsBalance } from './points.entity.js';
import { balancesAfter, readBalance } from './points.walk.js';
import type { UnitService } from './unit.service.js';

/** Ambassadors that one page of a preview looks at, and those that its totals do. */
const previewedMax = 1_000;
const totalledMax = 20_000;
const walkSize = 250;
const termsMax = 100;
/** Moments at which points of one ambassador expire, in one answer. */
const momentsMax = 100;
const longAgo = new Date(0);

/** The terms of every unit of a program, those that came last first. */
export const termsOfProgram = new Loader(async (context: BaseContext, programIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(
      PointsExpiryTerms,
      sql`WHERE program_id IN (${join([...programIds])}) ORDER BY in_force_from DESC, id DESC`,
    ),
  );
  return grouped(programIds, rows, (row) => row.programId);
});

interface Question {
  readonly rules: ExpiryRules;
  readonly until: Date;
}

/** When points expire: laying it down, and seeing ahead what it will mean. */
export class ExpiryService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly units: UnitService,
  ) {}

  /** Lays down terms from a day on. Terms that have not come into force before this moment give way; others are kept. */
  async set(
    context: RequestContext,
    input: PointsExpirySetInput,
  ): Promise<PointsExpiryTerms | InputInvalid | NotFound> {
    context.session.require('program.update');
    const programId = context.session.program.id;
    const result = await this.database.transact(async (tx) => {
      await tx.query(sql`SELECT id FROM program WHERE id = ${programId} ${tx.forUpdate}`);
      if (!(await this.units.find(tx, programId, input.unitKey))) return new NotFound();
      if (input.inForceFrom && input.inForceFrom < tx.now)
        return InputInvalid.at(['inForceFrom'], 'must not be in the past');
      const terms = Object.assign(new PointsExpiryTerms(), {
        id: tx.newId(),
        programId,
        ...termsOf(input, tx.now),
        unitKey: input.unitKey,
        setAt: tx.now,
        setBy: context.session.caller,
      });
      const ofUnit = sql`program_id = ${programId} AND unit_key = ${input.unitKey}`;
      await tx.execute(sql`DELETE FROM points_expiry_terms
        WHERE ${ofUnit} AND (in_force_from > ${tx.now} OR in_force_from = ${terms.inForceFrom})`);
      const kept = await tx.count(PointsExpiryTerms, sql`WHERE ${ofUnit}`);
      if (kept >= termsMax) return InputInvalid.at(['unitKey'], `has had ${termsMax} terms already`);
      await tx.insert(PointsExpiryTerms, terms);
      return terms;
    });
    termsOfProgram.clear(context);
    return result;
  }

  /** What of an ambassador's points expires until a moment, soonest first. */
  async expiring(context: RequestContext, ambassador: Ambassador, args: ExpiringPointsArgs): Promise<ExpiringPoints[]> {
    context.session.require('points.read', ambassador);
    const rules = await this.rulesOf(context, args.unitKey);
    return this.database.read(async (db) => {
      const balance = await readBalance(db, ambassador.id, args.unitKey);
      const [slices] = balance ? await reckonExpiries(db, rules, [balance], this.clock.now()) : [];
      return expiringUntil(slices ?? [], args.until).slice(0, momentsMax);
    });
  }

  /** Who will lose what until a moment, under the terms as they are or under others. */
  async preview(context: RequestContext, args: ExpiryPreviewArgs): Promise<ExpiryPreview> {
    context.session.require('points.forecast');
    const rules = await this.rulesOf(context, args.unitKey, args.terms ?? undefined);
    const question = { rules, until: args.until };
    const programId = context.session.program.id;
    const after = args.after ? String(decodeCursor(args.after, 1)[0]) : '';
    const nodes: AmbassadorExpiry[] = [];
    let last = after;
    let more = false;
    for await (const { expiry, ambassadorId } of this.walk(programId, question, after, previewedMax)) {
      more = nodes.length === args.first;
      if (more) break;
      last = ambassadorId;
      if (expiry) nodes.push(expiry);
    }
    const looked = await this.database.read((db) =>
      balancesAfter(db, { programId, unitKey: rules.unitKey, afterAmbassadorId: last }, 1),
    );
    return Object.assign(new ExpiryPreview(), {
      nodes,
      pageInfo: {
        hasNextPage: looked.length > 0,
        hasPreviousPage: after !== '',
        startCursor: nodes[0] ? encodeCursor([nodes[0].ambassadorId]) : null,
        endCursor: last === '' ? null : encodeCursor([last]),
      },
      countTotals: () => this.total(programId, question),
    });
  }

  private async total(programId: string, question: Question): Promise<ExpiryTotals> {
    let [points, ambassadors, seen] = [0, 0, 0];
    for await (const { expiry } of this.walk(programId, question, '', totalledMax)) {
      seen += 1;
      points += expiry?.points ?? 0;
      ambassadors += expiry ? 1 : 0;
    }
    return { points, ambassadors, complete: seen < totalledMax };
  }

  /** Every ambassador with points after one, and what it would lose; so many at most. */
  private async *walk(programId: string, { rules, until }: Question, after: string, max: number) {
    const now = this.clock.now();
    let afterAmbassadorId = after;
    for (let seen = 0; seen < max; seen += walkSize) {
      const walk = { programId, unitKey: rules.unitKey, afterAmbassadorId };
      const page = await this.database.read((db) => this.reckonPage(db, rules, walk, now));
      for (const { balance, slices } of page) {
        const expiring = expiringUntil(slices, until);
        const points = expiring.reduce((total, each) => total + each.points, 0);
        const { ambassadorId } = balance;
        yield {
          ambassadorId,
          expiry: points > 0 ? { ambassadorId, points, expiring: expiring.slice(0, momentsMax) } : undefined,
        };
        afterAmbassadorId = ambassadorId;
      }
      if (page.length < walkSize) return;
    }
  }

  private async reckonPage(
    reader: Reader,
    rules: ExpiryRules,
    walk: Parameters<typeof balancesAfter>[1],
    now: Date,
  ): Promise<{ readonly balance: PointsBalance; readonly slices: readonly ExpiringSlice[] }[]> {
    const balances = await balancesAfter(reader, walk, walkSize);
    const expiries = await reckonExpiries(reader, rules, balances, now);
    return balances.map((balance, index) => ({ balance, slices: expiries[index] ?? [] }));
  }

  /** @param tried terms as if they were set now */
  private async rulesOf(context: RequestContext, unitKey: string, tried?: PointsExpirySetInput): Promise<ExpiryRules> {
    const { id, timeZone } = context.session.program;
    const now = this.clock.now();
    const terms: Terms[] = await this.database.read((db) => readTerms(db, id, unitKey));
    if (!tried) return { unitKey, timeZone, terms };
    return {
      unitKey,
      timeZone,
      terms: [...terms.filter(({ inForceFrom }) => inForceFrom <= now), termsOf(tried, now)],
    };
  }
}

function termsOf(input: PointsExpirySetInput, now: Date): Terms {
  const { kind, earlierPoints, noticeDays } = input;
  return {
    kind,
    earlierPoints,
    noticeDays,
    length: kind === 'NEVER' ? 0 : input.length,
    lengthUnit: kind === 'CALENDAR_YEAR' ? 'YEAR' : input.lengthUnit,
    inForceFrom: input.inForceFrom ?? now,
  };
}

/** What is over already counts too: it goes with the next walk. */
function expiringUntil(slices: readonly ExpiringSlice[], until: Date): ExpiringPoints[] {
  return expiringBetween(slices, longAgo, until).map(({ points, expiresAt }) => ({
    points,
    expiresAt: new Date(expiresAt),
  }));
}
