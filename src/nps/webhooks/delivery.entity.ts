import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../../platform/database/columns.js';
import { graphqlEnum } from '../../platform/graphql/enums.js';
import { Node } from '../../platform/graphql/node.js';

export const WebhookDeliveryStatus = graphqlEnum('WebhookDeliveryStatus', 'What became of a message.', {
  RECEIVED: 'It is kept, and will be read in a moment.',
  RECORDED: 'Its answers are recorded.',
  IGNORED: 'It says nothing of an answer.',
  REFUSED: 'Something in it cannot be recorded; its reason says what. It can be tried again.',
});
export type WebhookDeliveryStatus = keyof typeof WebhookDeliveryStatus;

@ObjectType({
  implements: Node,
  description: 'A signed message of a webhook source. What it says is kept sealed for 30 days, and shown to nobody.',
})
@Entity('webhook_delivery')
@Index('uq_webhook_delivery_message', ['sourceId', 'messageKey'], { unique: true })
@Index('ix_webhook_delivery_program', ['programId', 'id'])
@Index('ix_webhook_delivery_due', ['dueAt'])
@Index('ix_webhook_delivery_received', ['receivedAt'])
export class WebhookDelivery extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('id', 'source_id')
  readonly sourceId: string;

  /** SHA-256 of what the message is called by its sender, or of its body: sent again it is the same. */
  @Stored('key', 'message_key')
  readonly messageKey: string;

  @Field(() => WebhookDeliveryStatus, { description: 'What became of it.' })
  @Stored('key', 'status')
  readonly status: WebhookDeliveryStatus;

  @Field(() => String, { nullable: true, description: 'Why it was refused, without what it says; else null.' })
  @Optional('text', 'reason')
  readonly reason: string | null;

  @Field(() => Int, { description: 'How many of its answers are recorded, those that were known before included.' })
  @Stored('integer', 'answers')
  readonly answers: number;

  /** The body as it came. JSON, for other text columns are too short for it on some databases. */
  @Stored('json', 'sealed_body')
  readonly sealedBody: { readonly sealed: string };

  /** The key that sealed it. */
  @Stored('key', 'key_id')
  readonly keyId: string;

  @Field({ description: 'When it came.' })
  @Stored('time', 'received_at')
  readonly receivedAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it was read; null while it waits.' })
  @Optional('time', 'settled_at')
  readonly settledAt: Date | null;

  /** From when anybody may read it: whoever does moves it ahead, so that it comes back if they die. Null once settled. */
  @Optional('time', 'due_at')
  readonly dueAt: Date | null;

  /** How often somebody began to read it since it came, or was tried again. */
  @Stored('integer', 'attempts')
  readonly attempts: number;
}

/** What else was answered in another tool, beside the score and the comment. */
@Entity('nps_response_extra')
@Index('ix_nps_response_extra_program', ['programId'])
export class ResponseExtra {
  @IdColumn('response_id')
  readonly responseId: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  /** By the question's name in that tool; plain values. */
  @Stored('json', 'answers')
  readonly answers: Readonly<Record<string, unknown>>;
}
