import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { PageArgs, pageRules } from '../../platform/graphql/connection.js';
import { rules, Validated } from '../../platform/graphql/input.js';
import { WebhookDeliveryStatus } from './delivery.entity.js';
import { WebhookKind } from './source.entity.js';
import { mappingRule } from './source.inputs.js';

@Validated(pageRules.extend({ sourceId: rules.globalId.nullish() }))
@ArgsType()
export class WebhookDeliveriesArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: 'Only those of this source.' })
  readonly sourceId?: string | null;

  @Field(() => WebhookDeliveryStatus, { nullable: true, description: 'Only those of which this became.' })
  readonly status?: WebhookDeliveryStatus | null;
}

@Validated(z.object({ deliveryId: rules.globalId }))
@InputType({ description: 'A refused message to read again.' })
export class WebhookDeliveryRetryInput {
  @Field(() => ID, { description: 'The message.' })
  readonly deliveryId: string;
}

@Validated(
  z.object({
    mapping: mappingRule.nullish(),
    payload: z.string().max(100_000, 'must not be longer than 100000 characters').refine(isJson, 'must be JSON'),
  }),
)
@ArgsType()
export class WebhookMappingTryArgs {
  @Field(() => WebhookKind, { description: 'The tool whose message it is.' })
  readonly kind: WebhookKind;

  @Field(() => String, {
    nullable: true,
    description: "A mapping in JSONata, at most 10,000 characters; the tool's own if left out.",
  })
  readonly mapping?: string | null;

  @Field({
    description:
      'A message as JSON, at most 100,000 characters. Of SURVEYMONKEY {"event": the message, "response": what is fetched}.',
  })
  readonly payload: string;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
