import sql, { join } from 'sql-template-tag';
import type { Ambassador } from '../ambassadors/ambassador.entity.js';
import { requireAmbassador } from '../ambassadors/ambassador.loaders.js';
import type { RequestContext } from '../identity/session.js';
import type { Database } from '../platform/database/database.js';
import type { Events } from '../platform/events/events.js';
import type { BaseContext } from '../platform/graphql/context.js';
import { Loader } from '../platform/graphql/loader.js';
import { ActivitySharing } from './activity.entity.js';
import type { ActivitySharingSetInput } from './activity.inputs.js';

declare module '../platform/events/events.js' {
  interface EventMap {
    /** An ambassador lets others see what it does from now on. */
    'activitySharing.began': { readonly ambassadorId: string };
    /** It does not any more: nothing of it is shown. */
    'activitySharing.ended': { readonly ambassadorId: string };
  }
}

/** Whether an ambassador lets others see what it does. */
export const sharesActivity = new Loader(async (context: BaseContext, ambassadorIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(ActivitySharing, sql`WHERE ambassador_id IN (${join([...ambassadorIds])})`),
  );
  const sharing = new Set(rows.map(({ ambassadorId }) => ambassadorId));
  return ambassadorIds.map((id) => sharing.has(id));
});

/** Who lets others see what it does. Nobody does unless they said so themselves. */
export class SharingService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
  ) {}

  /** The calling ambassador begins to share, or stops; what is so already stays as it is. */
  async set(context: RequestContext, { shares }: ActivitySharingSetInput): Promise<Ambassador> {
    const ambassadorId = context.session.requireAmbassador('activity.share');
    await (shares ? this.begin(context, ambassadorId) : this.end(context, ambassadorId));
    sharesActivity.clear(context);
    return requireAmbassador(context, ambassadorId);
  }

  private async begin({ session }: RequestContext, ambassadorId: string): Promise<void> {
    const programId = session.program.id;
    await this.database.transact(async (tx) => {
      // Held so that two who say it at once take turns.
      await tx.query(sql`SELECT id FROM ambassador WHERE id = ${ambassadorId} ${tx.forUpdate}`);
      if (await tx.first(ActivitySharing, sql`WHERE ambassador_id = ${ambassadorId}`)) return;
      await tx.insert(ActivitySharing, { ambassadorId, programId, since: tx.now });
      await this.events.emit(tx, 'activitySharing.began', programId, { ambassadorId });
    });
  }

  /** Forgets the items as well, so that none comes back with a change of mind. */
  private async end({ session }: RequestContext, ambassadorId: string): Promise<void> {
    await this.database.transact(async (tx) => {
      const ended = await tx.execute(sql`DELETE FROM activity_sharing WHERE ambassador_id = ${ambassadorId}`);
      if (ended === 0) return;
      await tx.execute(sql`DELETE FROM activity WHERE ambassador_id = ${ambassadorId}`);
      await this.events.emit(tx, 'activitySharing.ended', session.program.id, { ambassadorId });
    });
  }
}
