import sql, { join } from 'sql-template-tag';
import type { RequestContext } from '../identity/session.js';
import type { Database } from '../platform/database/database.js';
import { isUniqueViolation, RaceLost } from '../platform/database/errors.js';
import { newestFirst, paginate } from '../platform/database/paginate.js';
import type { Events } from '../platform/events/events.js';
import type { Page, PageArgs } from '../platform/graphql/connection.js';
import type { BaseContext } from '../platform/graphql/context.js';
import { Loader } from '../platform/graphql/loader.js';
import { rowId } from '../platform/graphql/node.js';
import { NotFound } from '../platform/graphql/problem.js';
import { Kudos } from './kudos.entity.js';
import { seenKudosById } from './kudos.loaders.js';
import { KudosReport } from './kudos-report.entity.js';

declare module '../platform/events/events.js' {
  interface EventMap {
    /** Somebody thinks that these kudos should not be there: something to tell moderators. */
    'kudos.reported': { readonly kudosId: string; readonly reporterId: string };
  }
}

/** How many ambassadors reported each of these kudos. */
export const reportCountOf = new Loader(async (context: BaseContext, kudosIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.query<{ kudos_id: string; n: number | string }>(sql`
      SELECT kudos_id, COUNT(*) AS n FROM kudos_report WHERE kudos_id IN (${join([...kudosIds])}) GROUP BY kudos_id`),
  );
  const counts = new Map(rows.map(({ kudos_id, n }) => [kudos_id, Number(n)]));
  return kudosIds.map((id) => counts.get(id) ?? 0);
});

/** Kudos that somebody thinks should not be there. A moderator withdraws them, or lets them stay. */
export class KudosReports {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
  ) {}

  /** The calling ambassador reports kudos that it sees; once, however often it is asked for. */
  async report(context: RequestContext, kudosId: string): Promise<Kudos | NotFound> {
    const reporterId = context.session.requireAmbassador('kudos.report');
    const kudos = await this.find(context, kudosId);
    if (!kudos) return new NotFound();
    await this.database.transact(async (tx) => {
      const own = sql`WHERE kudos_id = ${kudos.id} AND reporter_id = ${reporterId}`;
      if (await tx.first(KudosReport, own)) return;
      try {
        await tx.insert(KudosReport, { kudosId: kudos.id, reporterId, reportedAt: tx.now });
      } catch (error) {
        if (isUniqueViolation(error)) throw new RaceLost('The kudos were reported at the same moment');
        throw error;
      }
      await this.events.emit(tx, 'kudos.reported', kudos.programId, { kudosId: kudos.id, reporterId });
    });
    reportCountOf.clear(context);
    return kudos;
  }

  /** Lets reported kudos stay. Who thinks otherwise may report them anew. */
  async dismiss(context: RequestContext, kudosId: string): Promise<Kudos | NotFound> {
    context.session.require('kudos.moderate');
    const kudos = await this.find(context, kudosId);
    if (!kudos) return new NotFound();
    await this.database.transact((tx) => tx.execute(sql`DELETE FROM kudos_report WHERE kudos_id = ${kudos.id}`));
    reportCountOf.clear(context);
    return kudos;
  }

  /** What waits for a moderator, the latest kudos first. */
  list(context: RequestContext, page: PageArgs): Promise<Page<Kudos>> {
    context.session.require('kudos.moderate');
    const where = sql`kudos.program_id = ${context.session.program.id} AND kudos.withdrawn_at IS NULL
      AND kudos.id IN (SELECT kudos_report.kudos_id FROM kudos_report)`;
    return paginate(this.database, { entity: Kudos, where, order: newestFirst('kudos'), page });
  }

  private async find(context: RequestContext, kudosId: string): Promise<Kudos | undefined> {
    const id = rowId(Kudos, kudosId);
    return id === undefined ? undefined : seenKudosById.load(context, id);
  }
}
