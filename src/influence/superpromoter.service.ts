import sql, { join } from 'sql-template-tag';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { RequestContext } from '../identity/session.js';
import { schemeOf } from '../nps/scheme.js';
import { Survey } from '../nps/survey.entity.js';
import type { Clock } from '../platform/clock.js';
import type { Database, Reader } from '../platform/database/database.js';
import { newestFirst, paginate } from '../platform/database/paginate.js';
import { timeOf } from '../platform/database/rows.js';
import type { Page } from '../platform/graphql/connection.js';
import { grouped, Loader } from '../platform/graphql/loader.js';
import { Program } from '../programs/program.entity.js';
import { type EvidenceRow, type EvidenceScope, evidenceOf, lastScoresOf, passes, type ScoreRow } from './evidence.js';
import { SuperpromoterNomination } from './nomination.entity.js';
import type { SuperpromotersArgs } from './superpromoter.inputs.js';
import { enthusiasmGate, type LastScore, Superpromoter, weighedGate } from './superpromoter.js';
import { settingsOf } from './terms.service.js';

const dayMilliseconds = 86_400_000;
/** Ambassadors judged at a time when many are. */
const judgedAtOnce = 500;

/** Who is a superpromoter, and why. Nothing of it is stored: it follows from what is known within the window. */
export class SuperpromoterService {
  private readonly standing = new Loader(
    (context: RequestContext, ambassadors: readonly Ambassador[]) => this.judge(context, ambassadors),
    ({ id }) => id,
  );

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** How an ambassador stands at the gates; undefined for who may not know. Many are judged in six queries. */
  async of(context: RequestContext, ambassador: Ambassador): Promise<Superpromoter | undefined> {
    if (!context.session.may('superpromoter.read')) return undefined;
    return this.standing.load(context, ambassador);
  }

  /** The ambassadors who pass these gates, those who joined last first. */
  async list(context: RequestContext, args: SuperpromotersArgs): Promise<Page<Ambassador>> {
    context.session.require('superpromoter.read');
    const programId = context.session.program.id;
    const scope = await this.database.read((db) => this.scopeOf(db, programId));
    // The last score is looked up by one short range, clicks by the longest: whoever fails early costs little.
    const gates = (['ENTHUSIASTIC', 'INFLUENCES', 'SHARES'] as const).filter((gate) => args.gates.includes(gate));
    const where = join(
      [
        sql`ambassador.program_id = ${programId} AND ambassador.erased_at IS NULL`,
        ...gates.map((gate) => passes(gate, scope)),
      ],
      ' AND ',
    );
    return paginate(this.database, { entity: Ambassador, where, order: newestFirst('ambassador'), page: args });
  }

  /** How ambassadors stand, those who joined last first; so many at most, some hundred in seven queries. */
  async standings(
    context: RequestContext,
    ambassadorsMax: number,
  ): Promise<{ readonly ambassadorId: string; readonly standing: Superpromoter }[]> {
    context.session.require('superpromoter.read');
    const ofProgram = sql`program_id = ${context.session.program.id}`;
    const judged: { readonly ambassadorId: string; readonly standing: Superpromoter }[] = [];
    while (judged.length < ambassadorsMax) {
      const size = Math.min(judgedAtOnce, ambassadorsMax - judged.length);
      const last = judged.at(-1);
      const before = last ? sql`AND id < ${last.ambassadorId}` : sql``;
      const ambassadors = await this.database.read((db) =>
        db.select(Ambassador, sql`WHERE ${ofProgram} ${before} ORDER BY id DESC LIMIT ${size}`),
      );
      if (ambassadors.length === 0) break;
      const standings = await this.judge(context, ambassadors);
      for (const [index, { id }] of ambassadors.entries()) {
        const standing = standings[index];
        if (standing) judged.push({ ambassadorId: id, standing });
      }
    }
    return judged;
  }

  private async judge(context: RequestContext, ambassadors: readonly Ambassador[]): Promise<Superpromoter[]> {
    const ids = ambassadors.map(({ id }) => id);
    const contactIds = ambassadors.map(({ contactId }) => contactId);
    return this.database.read(async (db) => {
      const scope = await this.scopeOf(db, context.session.program.id);
      const surveys = await db.select(Survey, sql`WHERE program_id = ${scope.programId}`);
      const surveyIds = surveys.map(({ id }) => id);
      const scores = await db.query<ScoreRow>(lastScoresOf(scope, surveyIds, contactIds));
      const lastScores = new Map(scores.map((row) => [row.contact_id, lastScore(row)]));
      const counted = grouped(ids, await db.query<EvidenceRow>(evidenceOf(scope, ids)), (row) => row.ambassador_id);
      const nominations = grouped(ids, await this.nominations(db, scope, ids), (row) => row.ambassadorId);
      return ambassadors.map((ambassador, index) => {
        const found = (counted[index] ?? []).map((row) => ({
          kind: row.kind,
          count: Number(row.n),
          at: timeOf(row.at),
        }));
        const noted = nominations[index] ?? [];
        const { settings, programScheme, since } = scope;
        const threshold = settings.enthusiasticFromScore ?? programScheme.promoterFrom;
        return new Superpromoter(
          [
            enthusiasmGate(lastScores.get(ambassador.contactId), threshold),
            weighedGate('SHARES', settings, found, noted),
            weighedGate('INFLUENCES', settings, found, noted),
          ],
          since,
        );
      });
    });
  }

  private nominations(
    db: Reader,
    { since }: EvidenceScope,
    ids: readonly string[],
  ): Promise<SuperpromoterNomination[]> {
    return db.select(
      SuperpromoterNomination,
      sql`WHERE ambassador_id IN (${join([...ids])}) AND withdrawn_at IS NULL AND seen_at >= ${since} ORDER BY id DESC`,
    );
  }

  private async scopeOf(db: Reader, programId: string): Promise<EvidenceScope> {
    const program = await db.first(Program, sql`WHERE id = ${programId}`);
    if (!program) throw new Error('The program of the session is gone');
    const settings = await settingsOf(db, programId);
    const since = new Date(this.clock.now().getTime() - settings.windowDays * dayMilliseconds);
    return { programId, programScheme: schemeOf(program), settings, since };
  }
}

function lastScore({ score, threshold, at, survey }: ScoreRow): LastScore {
  return { score: Number(score), threshold: Number(threshold), at: timeOf(at), survey };
}
