import { createHash } from 'node:crypto';
import sql, { join } from 'sql-template-tag';
import type { RequestContext } from '../../identity/session.js';
import type { Database } from '../../platform/database/database.js';
import { isUniqueViolation } from '../../platform/database/errors.js';
import { newestFirst, paginate } from '../../platform/database/paginate.js';
import type { Page } from '../../platform/graphql/connection.js';
import { rowId } from '../../platform/graphql/node.js';
import { NotFound } from '../../platform/graphql/problem.js';
import { resealSome } from '../../platform/resealing.js';
import type { Sealer } from '../../platform/sealed.js';
import { WebhookDelivery } from './delivery.entity.js';
import type { WebhookDeliveriesArgs, WebhookDeliveryRetryInput } from './delivery.inputs.js';
import { WebhookSource } from './source.entity.js';
import type { VendorMessage } from './vendors/vendor.js';
import { vendors } from './vendors/vendors.js';
import { deliveryById } from './webhook.loaders.js';
import { WebhookDeliveryNotRefused } from './webhook.results.js';

/** How long messages are kept, with what they say. */
const keptMilliseconds = 30 * 86_400_000;
const forgottenAtOnce = 500;
const resealedAtOnce = 50;

/** The inbox of what tools sent: kept before it is read, each message once, for 30 days. */
export class WebhookDeliveries {
  constructor(
    private readonly database: Database,
    private readonly sealer: Sealer,
  ) {}

  /** Keeps a message to be read in a moment. Once it answers, the message is durable; sent again it is there already. */
  async keep({ id: sourceId, programId, kind }: WebhookSource, message: VendorMessage, json: unknown): Promise<void> {
    const name = vendors[kind].messageIdOf(message, json);
    const messageKey = createHash('sha256')
      .update(name === undefined ? `body\n${message.body}` : `id\n${name}`)
      .digest('hex');
    await this.database.transact(async (tx) => {
      const known = sql`WHERE source_id = ${sourceId} AND message_key = ${messageKey}`;
      if (await tx.first(WebhookDelivery, known)) return;
      const id = tx.newId();
      try {
        await tx.insert(WebhookDelivery, {
          id,
          programId,
          sourceId,
          messageKey,
          status: 'RECEIVED',
          answers: 0,
          sealedBody: { sealed: this.sealer.seal(message.body, placeOf(id)) },
          keyId: this.sealer.keyId,
          receivedAt: tx.now,
          dueAt: tx.now,
          attempts: 0,
        });
      } catch (error) {
        // It came twice at the same moment: the other one keeps it.
        if (!isUniqueViolation(error)) throw error;
      }
    });
  }

  /** What a message says. */
  bodyOf({ id, sealedBody }: WebhookDelivery): unknown {
    return JSON.parse(this.sealer.open(sealedBody.sealed, placeOf(id)));
  }

  async find(context: RequestContext, id: string): Promise<WebhookDelivery | undefined> {
    if (!context.session.may('webhook.manage')) return undefined;
    const delivery = await deliveryById.load(context, id);
    return delivery?.programId === context.session.program.id ? delivery : undefined;
  }

  /** The messages of the program, newest first. */
  async list(context: RequestContext, args: WebhookDeliveriesArgs): Promise<Page<WebhookDelivery>> {
    context.session.require('webhook.manage');
    const conditions = [sql`webhook_delivery.program_id = ${context.session.program.id}`];
    if (args.sourceId) conditions.push(sql`webhook_delivery.source_id = ${rowId(WebhookSource, args.sourceId) ?? ''}`);
    if (args.status) conditions.push(sql`webhook_delivery.status = ${args.status}`);
    const where = join(conditions, ' AND ');
    return paginate(this.database, {
      entity: WebhookDelivery,
      where,
      order: newestFirst('webhook_delivery'),
      page: args,
    });
  }

  /** Lets a refused message be read again, after its source was mended. Done again it changes nothing. */
  async retry(
    context: RequestContext,
    { deliveryId }: WebhookDeliveryRetryInput,
  ): Promise<WebhookDelivery | WebhookDeliveryNotRefused | NotFound> {
    context.session.require('webhook.manage');
    const id = rowId(WebhookDelivery, deliveryId);
    const result = await this.database.transact(async (tx) => {
      const delivery = id && (await tx.first(WebhookDelivery, sql`WHERE id = ${id} ${tx.forUpdate}`));
      if (!delivery || delivery.programId !== context.session.program.id) return new NotFound();
      if (delivery.status === 'RECEIVED') return delivery;
      if (delivery.status !== 'REFUSED') return new WebhookDeliveryNotRefused(delivery);
      await tx.execute(sql`
        UPDATE webhook_delivery
        SET status = 'RECEIVED', reason = NULL, settled_at = NULL, due_at = ${tx.now}, attempts = 0
        WHERE id = ${delivery.id}`);
      return Object.assign(delivery, { status: 'RECEIVED', reason: null, settledAt: null, dueAt: tx.now, attempts: 0 });
    });
    deliveryById.clear(context);
    return result;
  }

  /** Deletes some of the messages that came long ago; answers how many. What they brought stays. */
  async forgetSome(now: Date): Promise<number> {
    const before = new Date(now.getTime() - keptMilliseconds);
    const old = await this.database.read((db) =>
      db.query<{ id: string }>(sql`
        SELECT id FROM webhook_delivery WHERE received_at < ${before} ORDER BY received_at LIMIT ${forgottenAtOnce}`),
    );
    if (old.length === 0) return 0;
    const ids = join(old.map(({ id }) => id));
    return this.database.transact((tx) => tx.execute(sql`DELETE FROM webhook_delivery WHERE id IN (${ids})`));
  }

  /** Seals anew some messages that another key than the newest sealed; answers how many. */
  resealSome(): Promise<number> {
    const { sealer } = this;
    return resealSome(this.database, sealer, {
      entity: WebhookDelivery,
      rowsMax: resealedAtOnce,
      reseal: (tx, { id, sealedBody }) => {
        const sealed = sealer.seal(sealer.open(sealedBody.sealed, placeOf(id)), placeOf(id));
        const body = JSON.stringify({ sealed });
        return tx.execute(
          sql`UPDATE webhook_delivery SET sealed_body = ${body}, key_id = ${sealer.keyId} WHERE id = ${id}`,
        );
      },
    });
  }
}

function placeOf(deliveryId: string): string {
  return `webhookDelivery:${deliveryId}`;
}
