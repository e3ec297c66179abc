import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../identity/session.js';
import { PageArgs } from '../../platform/graphql/connection.js';
import { InputInvalid } from '../../platform/graphql/problem.js';
import { JsonObject, Url } from '../../platform/graphql/scalars.js';
import { requireSurvey } from '../nps.loaders.js';
import { NpsResponse } from '../response.entity.js';
import { Survey } from '../survey.entity.js';
import { type MappedAnswer, readAnswers, reasonOf } from './answer.js';
import { WebhookDelivery } from './delivery.entity.js';
import { WebhookDeliveriesArgs, WebhookDeliveryRetryInput, WebhookMappingTryArgs } from './delivery.inputs.js';
import { mapMessage } from './delivery.reading.js';
import { WebhookDeliveries } from './delivery.service.js';
import { Mapper } from './mapper.js';
import { WebhookSource } from './source.entity.js';
import { WebhookSecretRotateInput, WebhookSourceCreateInput, WebhookSourceUpdateInput } from './source.inputs.js';
import { WebhookSources } from './source.service.js';
import { vendors } from './vendors/vendors.js';
import { extraOf, sourceById } from './webhook.loaders.js';
import {
  WebhookDeliveryConnection,
  WebhookDeliveryRetried,
  WebhookDeliveryRetryResult,
  WebhookMappedAnswer,
  WebhookMappingTrial,
  WebhookSecretRotateResult,
  WebhookSourceConnection,
  WebhookSourceCreateResult,
  WebhookSourceUpdated,
  WebhookSourceUpdateResult,
} from './webhook.results.js';

@Resolver(() => WebhookSource)
export class WebhookSourceResolver {
  constructor(
    private readonly sources: WebhookSources,
    private readonly mapper: Mapper,
  ) {}

  @Query(() => WebhookSourceConnection, {
    description: 'The tools that answers are taken from, newest first. For admins.',
  })
  async webhookSources(
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<WebhookSourceConnection> {
    return new WebhookSourceConnection(await this.sources.list(context, args));
  }

  @Query(() => WebhookMappingTrial, {
    description: 'What a mapping would record of a message; nothing is recorded. For admins.',
  })
  async webhookMappingTry(
    @Ctx() context: RequestContext,
    @Args(() => WebhookMappingTryArgs) { kind, mapping, payload }: WebhookMappingTryArgs,
  ): Promise<WebhookMappingTrial> {
    context.session.require('webhook.manage');
    const mapped = await mapMessage(this.mapper, { kind, mapping: mapping ?? null }, JSON.parse(payload));
    if ('fault' in mapped) return { answers: [], refusals: [mapped.fault] };
    const answers = readAnswers(mapped.value);
    if (answers instanceof InputInvalid) return { answers: [], refusals: [reasonOf(answers)] };
    return {
      answers: answers.flatMap((answer) => (answer instanceof InputInvalid ? [] : [shownOf(answer)])),
      refusals: answers.flatMap((answer) => (answer instanceof InputInvalid ? [reasonOf(answer)] : [])),
    };
  }

  @Mutation(() => WebhookSourceCreateResult, {
    description: 'Makes a source of answers, and says where it has to send and what to sign with. For admins.',
  })
  webhookSourceCreate(
    @Ctx() context: RequestContext,
    @Arg('input', () => WebhookSourceCreateInput) input: WebhookSourceCreateInput,
  ): Promise<typeof WebhookSourceCreateResult> {
    return this.sources.create(context, input);
  }

  @Mutation(() => WebhookSourceUpdateResult, {
    description: 'Changes a source, or turns it off and on. For admins.',
  })
  async webhookSourceUpdate(
    @Ctx() context: RequestContext,
    @Arg('input', () => WebhookSourceUpdateInput) input: WebhookSourceUpdateInput,
  ): Promise<typeof WebhookSourceUpdateResult> {
    const result = await this.sources.update(context, input);
    return result instanceof WebhookSource ? new WebhookSourceUpdated(result) : result;
  }

  @Mutation(() => WebhookSecretRotateResult, {
    description: 'Gives a source another secret, the one that its tool made or a new one. For admins.',
  })
  webhookSecretRotate(
    @Ctx() context: RequestContext,
    @Arg('input', () => WebhookSecretRotateInput) input: WebhookSecretRotateInput,
  ): Promise<typeof WebhookSecretRotateResult> {
    return this.sources.rotateSecret(context, input);
  }

  @FieldResolver(() => Url, { description: 'Where the tool has to send its messages: paste it in its settings.' })
  url(@Root() source: WebhookSource): string {
    return this.sources.urlOf(source);
  }

  @FieldResolver(() => Survey, { description: 'The survey that its answers belong to.' })
  survey(@Root() source: WebhookSource, @Ctx() context: RequestContext): Promise<Survey> {
    return requireSurvey(context, source.surveyId);
  }

  @FieldResolver(() => String, { description: 'The mapping in use, to begin one of your own with.' })
  mappingInUse(@Root() { kind, mapping }: WebhookSource): string {
    return mapping ?? vendors[kind].mapping.replace(/^ {4}/gm, '').trim();
  }

  @FieldResolver(() => Boolean, { description: 'Whether there is an access token to fetch answers with.' })
  hasApiToken(@Root() { sealedToken }: WebhookSource): boolean {
    return sealedToken !== null;
  }
}

function shownOf({ contact, extra, ...answer }: MappedAnswer): WebhookMappedAnswer {
  return {
    ...answer,
    externalId: contact.externalId ?? null,
    email: contact.email ?? null,
    displayName: contact.displayName ?? null,
    attributes: contact.attributes ?? {},
    otherAnswers: extra,
  };
}

@Resolver(() => WebhookDelivery)
export class WebhookDeliveryResolver {
  constructor(private readonly deliveries: WebhookDeliveries) {}

  @Query(() => WebhookDeliveryConnection, {
    description: 'What tools sent in the last 30 days and what became of it, newest first. For admins.',
  })
  async webhookDeliveries(
    @Ctx() context: RequestContext,
    @Args(() => WebhookDeliveriesArgs) args: WebhookDeliveriesArgs,
  ): Promise<WebhookDeliveryConnection> {
    return new WebhookDeliveryConnection(await this.deliveries.list(context, args));
  }

  @Mutation(() => WebhookDeliveryRetryResult, {
    description: 'Reads a refused message again, by the mapping that its source has now. For admins.',
  })
  async webhookDeliveryRetry(
    @Ctx() context: RequestContext,
    @Arg('input', () => WebhookDeliveryRetryInput) input: WebhookDeliveryRetryInput,
  ): Promise<typeof WebhookDeliveryRetryResult> {
    const result = await this.deliveries.retry(context, input);
    return result instanceof WebhookDelivery ? new WebhookDeliveryRetried(result) : result;
  }

  @FieldResolver(() => WebhookSource, { description: 'Who sent it.' })
  async source(@Root() delivery: WebhookDelivery, @Ctx() context: RequestContext): Promise<WebhookSource> {
    const source = await sourceById.load(context, delivery.sourceId);
    if (!source) throw new Error('The source of a webhook message is gone');
    return source;
  }
}

@Resolver(() => NpsResponse)
export class ResponseExtraResolver {
  @FieldResolver(() => JsonObject, {
    nullable: true,
    description:
      'What else was answered in the tool that the answer came from, as in {"Why?": "It works"}; null for who may not see it. For staff and servers.',
  })
  async otherAnswers(
    @Root() response: NpsResponse,
    @Ctx() context: RequestContext,
  ): Promise<Readonly<Record<string, unknown>>> {
    return (await extraOf.load(context, response.id))?.answers ?? {};
  }
}
