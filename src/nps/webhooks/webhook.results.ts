import { createUnionType, Field, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../../platform/graphql/connection.js';
import { InputInvalid, NotFound, Problem, SecretKeyMissing } from '../../platform/graphql/problem.js';
import { EmailAddress, JsonObject } from '../../platform/graphql/scalars.js';
import { WebhookDelivery } from './delivery.entity.js';
import { WebhookSource } from './source.entity.js';

@ObjectType({ description: 'A page of webhook sources.' })
export class WebhookSourceConnection extends connectionOf(WebhookSource) {}

@ObjectType({ description: 'A page of messages.' })
export class WebhookDeliveryConnection extends connectionOf(WebhookDelivery) {}

@ObjectType({ description: 'The source is made, and takes messages at its url.' })
export class WebhookSourceCreated {
  @Field(() => WebhookSource, { description: 'The source.' })
  readonly source: WebhookSource;

  @Field({ description: 'What it has to sign with. It is shown once.' })
  readonly secret: string;

  constructor(source: WebhookSource, secret: string) {
    this.source = source;
    this.secret = secret;
  }
}

@ObjectType({ description: 'The source is changed.' })
export class WebhookSourceUpdated {
  @Field(() => WebhookSource, { description: 'The source as it is now.' })
  readonly source: WebhookSource;

  constructor(source: WebhookSource) {
    this.source = source;
  }
}

@ObjectType({ description: 'The source has a new secret; the one before works on for as long as was asked for.' })
export class WebhookSecretRotated {
  @Field(() => WebhookSource, { description: 'The source.' })
  readonly source: WebhookSource;

  @Field({ description: 'What it has to sign with. It is shown once.' })
  readonly secret: string;

  constructor(source: WebhookSource, secret: string) {
    this.source = source;
    this.secret = secret;
  }
}

@ObjectType({ description: 'The message will be read again in a moment.' })
export class WebhookDeliveryRetried {
  @Field(() => WebhookDelivery, { description: 'The message as it is now.' })
  readonly delivery: WebhookDelivery;

  constructor(delivery: WebhookDelivery) {
    this.delivery = delivery;
  }
}

@ObjectType({ implements: Problem, description: 'Only a message that was refused is read again by hand.' })
export class WebhookDeliveryNotRefused extends Problem {
  @Field(() => WebhookDelivery, { description: 'The message as it is.' })
  readonly delivery: WebhookDelivery;

  constructor(delivery: WebhookDelivery) {
    super('WEBHOOK_DELIVERY_NOT_REFUSED', 'problem.webhookDeliveryNotRefused');
    this.delivery = delivery;
  }
}

@ObjectType({ description: 'An answer as a mapping makes it of a message.' })
export class WebhookMappedAnswer {
  @Field(() => String, { nullable: true, description: 'What the program calls who answered.' })
  readonly externalId: string | null;

  @Field(() => EmailAddress, { nullable: true, description: 'Their e-mail address.' })
  readonly email: string | null;

  @Field(() => String, { nullable: true, description: 'Their name.' })
  readonly displayName: string | null;

  @Field(() => Int, { description: 'The score.' })
  readonly score: number;

  @Field(() => String, { nullable: true, description: 'What they added in words.' })
  readonly comment: string | null;

  @Field(() => Date, { nullable: true, description: 'When; null for when the message comes.' })
  readonly answeredAt: Date | null;

  @Field(() => String, { nullable: true, description: 'What the answer is called in the tool.' })
  readonly responseId: string | null;

  @Field(() => JsonObject, { description: 'Attributes of who answered, to add to those that are known.' })
  readonly attributes: Readonly<Record<string, unknown>>;

  @Field(() => JsonObject, { description: 'What else was answered, to keep with the answer.' })
  readonly otherAnswers: Readonly<Record<string, unknown>>;
}

@ObjectType({ description: 'What a mapping would record of a message.' })
export class WebhookMappingTrial {
  @Field(() => [WebhookMappedAnswer], { description: 'The answers that would be recorded; none for another event.' })
  readonly answers: readonly WebhookMappedAnswer[];

  @Field(() => [String], {
    description: 'Why the mapping, or an answer of it, would be refused; empty if all is well.',
  })
  readonly refusals: readonly string[];
}

export const WebhookSourceCreateResult = createUnionType({
  name: 'WebhookSourceCreateResult',
  description: 'What webhookSourceCreate answers.',
  types: () => [WebhookSourceCreated, SecretKeyMissing, InputInvalid, NotFound] as const,
});

export const WebhookSourceUpdateResult = createUnionType({
  name: 'WebhookSourceUpdateResult',
  description: 'What webhookSourceUpdate answers.',
  types: () => [WebhookSourceUpdated, SecretKeyMissing, InputInvalid, NotFound] as const,
});

export const WebhookSecretRotateResult = createUnionType({
  name: 'WebhookSecretRotateResult',
  description: 'What webhookSecretRotate answers.',
  types: () => [WebhookSecretRotated, SecretKeyMissing, InputInvalid, NotFound] as const,
});

export const WebhookDeliveryRetryResult = createUnionType({
  name: 'WebhookDeliveryRetryResult',
  description: 'What webhookDeliveryRetry answers.',
  types: () => [WebhookDeliveryRetried, WebhookDeliveryNotRefused, InputInvalid, NotFound] as const,
});
