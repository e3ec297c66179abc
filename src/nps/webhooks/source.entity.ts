import { Field, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../../platform/database/columns.js';
import { graphqlEnum } from '../../platform/graphql/enums.js';
import { Node } from '../../platform/graphql/node.js';
import { SealedSecret } from '../../platform/sealed-secrets.js';

export const WebhookKind = graphqlEnum('WebhookKind', 'Which tool sends answers.', {
  TYPEFORM: 'Typeform, by the webhook of a form.',
  SURVEYMONKEY: 'SurveyMonkey; its messages carry no answers, so they are fetched with an access token.',
  DELIGHTED: 'Delighted, by its webhooks integration.',
  FORMBRICKS: 'Formbricks, in the cloud or on a server of your own.',
  HUBSPOT: 'HubSpot, by a subscription to the last NPS rating of its contacts.',
  GOOGLE_FORMS: 'Google Forms, by the script of docs/webhooks-in.md.',
  GENERIC: 'Anything else that signs its messages.',
});
export type WebhookKind = keyof typeof WebhookKind;

@ObjectType({ implements: Node, description: 'A tool that sends answers to a survey by webhook.' })
@Entity('webhook_source')
@Index('uq_webhook_source_name', ['programId', 'name'], { unique: true })
export class WebhookSource extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('id', 'survey_id')
  readonly surveyId: string;

  @Field(() => WebhookKind, { description: 'Which tool it is.' })
  @Stored('key', 'kind')
  readonly kind: WebhookKind;

  @Field({ description: 'The name for people; unique in the program.' })
  @Stored('line', 'name')
  readonly name: string;

  @Field(() => String, {
    nullable: true,
    description: "How its messages are read, in JSONata, where that is not the tool's own mapping.",
  })
  @Optional('text', 'mapping')
  readonly mapping: string | null;

  /** What answers are fetched with, sealed; null where messages carry them, or nobody gave one. */
  @Optional('text', 'sealed_token')
  readonly sealedToken: string | null;

  /** The key that sealed the token. */
  @Optional('key', 'key_id')
  readonly keyId: string | null;

  @Field(() => Date, { nullable: true, description: 'Since when nothing is taken from it; null while it is on.' })
  @Optional('time', 'disabled_at')
  readonly disabledAt: Date | null;

  @Field({ description: 'When it was made.' })
  @Stored('time', 'created_at')
  readonly createdAt: Date;
}

/** What a source signs its messages with. */
@Entity('webhook_secret')
@Index('ix_webhook_secret_source', ['sourceId', 'id'])
export class WebhookSecret extends SealedSecret {
  @Stored('id', 'source_id')
  readonly sourceId: string;
}
