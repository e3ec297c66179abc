import sql, { join } from 'sql-template-tag';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { RequestContext } from '../identity/session.js';
import type { Database, Transaction } from '../platform/database/database.js';
import { paginate, type SortKey } from '../platform/database/paginate.js';
import type { Events } from '../platform/events/events.js';
import type { Page } from '../platform/graphql/connection.js';
import type { BaseContext } from '../platform/graphql/context.js';
import { inOrder, Loader } from '../platform/graphql/loader.js';
import { rowId } from '../platform/graphql/node.js';
import { NotFound } from '../platform/graphql/problem.js';
import { Activity } from './activity.entity.js';
import type { ActivityFeedArgs } from './activity.inputs.js';
import { sharedActivity } from './sharing.js';
import { socialTermsOf } from './terms.service.js';

declare module '../platform/events/events.js' {
  interface EventMap {
    'activity.hidden': { readonly activityId: string };
    'activity.restored': { readonly activityId: string };
  }
}

/** Items whose ambassadors share. */
const activityById = new Loader(async (context: BaseContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(Activity, sql`WHERE id IN (${join([...ids])}) AND ${sharedActivity}`),
  );
  return inOrder(ids, rows, (row) => row.id);
});

const latestFirst: readonly SortKey<Activity>[] = [
  { column: 'activity.happened_at', direction: 'DESC', read: ({ happenedAt }) => happenedAt },
  { column: 'activity.id', direction: 'DESC', read: ({ id }) => id },
];

/** What ambassadors see of each other's deeds. */
export class ActivityService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
  ) {}

  /** The feed of the program, the latest first; empty while it is turned off. */
  async feed(context: RequestContext, args: ActivityFeedArgs): Promise<Page<Activity>> {
    const { session } = context;
    session.require(args.hidden ? 'activity.moderate' : 'activity.read');
    const { feedOn } = await socialTermsOf.load(context, session.program.id);
    const ambassadorId = args.ambassadorId ? (rowId(Ambassador, args.ambassadorId) ?? '') : undefined;
    const conditions = [
      sql`activity.program_id = ${session.program.id} AND ${sharedActivity}`,
      args.hidden ? sql`activity.hidden_at IS NOT NULL` : sql`activity.hidden_at IS NULL`,
      ...(feedOn ? [] : [sql`1 = 0`]),
      ...(args.kinds ? [sql`activity.kind IN (${join([...args.kinds])})`] : []),
      ...(ambassadorId === undefined ? [] : [sql`activity.ambassador_id = ${ambassadorId}`]),
    ];
    const where = join(conditions, ' AND ');
    return paginate(this.database, { entity: Activity, where, order: latestFirst, page: args });
  }

  /** An item that the caller may see: of the feed, and for moderators also a hidden one. */
  async find(context: RequestContext, id: string): Promise<Activity | undefined> {
    const { session } = context;
    if (!session.may('activity.read')) return undefined;
    const activity = await activityById.load(context, id);
    if (activity?.programId !== session.program.id) return undefined;
    if (!(await socialTermsOf.load(context, session.program.id)).feedOn) return undefined;
    return activity.hiddenAt === null || session.may('activity.moderate') ? activity : undefined;
  }

  /** Takes an item out of the feed; one that is hidden stays so. */
  hide(context: RequestContext, globalId: string): Promise<Activity | NotFound> {
    return this.moderate(context, globalId, async (tx, { id, programId }) => {
      const hidden = await tx.execute(
        sql`UPDATE activity SET hidden_at = ${tx.now} WHERE id = ${id} AND hidden_at IS NULL`,
      );
      if (hidden > 0) await this.events.emit(tx, 'activity.hidden', programId, { activityId: id });
    });
  }

  /** Shows a hidden item again. */
  restore(context: RequestContext, globalId: string): Promise<Activity | NotFound> {
    return this.moderate(context, globalId, async (tx, { id, programId }) => {
      const shown = await tx.execute(
        sql`UPDATE activity SET hidden_at = NULL WHERE id = ${id} AND hidden_at IS NOT NULL`,
      );
      if (shown > 0) await this.events.emit(tx, 'activity.restored', programId, { activityId: id });
    });
  }

  private async moderate(
    context: RequestContext,
    globalId: string,
    work: (tx: Transaction, activity: Activity) => Promise<void>,
  ): Promise<Activity | NotFound> {
    context.session.require('activity.moderate');
    const id = rowId(Activity, globalId);
    const activity = id && (await this.find(context, id));
    if (!activity) return new NotFound();
    await this.database.transact((tx) => work(tx, activity));
    activityById.clear(context);
    return (await this.find(context, activity.id)) ?? new NotFound();
  }
}
