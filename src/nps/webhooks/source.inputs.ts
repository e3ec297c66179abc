import { Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { rules, Validated } from '../../platform/graphql/input.js';
import { previousWorksHoursRule } from '../../platform/sealed-secrets.js';
import { defaultSurveyKey } from '../survey.entity.js';
import { WebhookKind } from './source.entity.js';

const secret = z
  .string()
  .trim()
  .min(16, 'must have at least 16 characters')
  .max(500, 'must not be longer than 500 characters')
  .nullish();
const surveyKey = z.string().max(64, 'must not be longer than 64 characters');
const apiToken = z.string().trim().min(1, 'must not be empty').max(1_000, 'must not be longer than 1000 characters');
/** In JSONata. */
export const mappingRule = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(10_000, 'must not be longer than 10000 characters');

@Validated(
  z.object({
    name: rules.line(100),
    surveyKey,
    mapping: mappingRule.nullish(),
    secret,
    apiToken: apiToken.nullish(),
  }),
)
@InputType({ description: 'A tool to take answers from.' })
export class WebhookSourceCreateInput {
  @Field(() => WebhookKind, { description: 'Which tool it is.' })
  readonly kind: WebhookKind;

  @Field({ description: 'The name for people, at most 100 characters; unique in the program.' })
  readonly name: string;

  @Field({ defaultValue: defaultSurveyKey, description: 'The key of the survey that its answers belong to.' })
  readonly surveyKey: string = defaultSurveyKey;

  @Field(() => String, {
    nullable: true,
    description:
      "How its messages are read, in JSONata, at most 10,000 characters; the tool's own mapping if left out. webhookMappingTry shows what one makes.",
  })
  readonly mapping?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What it signs with, 16 to 500 characters, where the tool makes that itself; one is made if left out.',
  })
  readonly secret?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'SURVEYMONKEY: the access token to fetch answers with, at most 1000 characters. Nobody can read it.',
  })
  readonly apiToken?: string | null;
}

@Validated(
  z.object({
    sourceId: rules.globalId,
    name: rules.line(100).nullish(),
    surveyKey: surveyKey.nullish(),
    mapping: mappingRule.or(z.literal('')).nullish(),
    enabled: z.boolean().nullish(),
    apiToken: apiToken.nullish(),
  }),
)
@InputType({ description: 'What to change of a webhook source; what is left out stays.' })
export class WebhookSourceUpdateInput {
  @Field(() => ID, { description: 'The source.' })
  readonly sourceId: string;

  @Field(() => String, { nullable: true, description: 'The name for people, at most 100 characters.' })
  readonly name?: string | null;

  @Field(() => String, { nullable: true, description: 'The key of the survey that answers belong to from now on.' })
  readonly surveyKey?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "How messages are read from now on, in JSONata; empty for the tool's own mapping.",
  })
  readonly mapping?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether messages are taken from it.' })
  readonly enabled?: boolean | null;

  @Field(() => String, { nullable: true, description: 'SURVEYMONKEY: the access token to fetch answers with.' })
  readonly apiToken?: string | null;
}

@Validated(z.object({ sourceId: rules.globalId, secret, previousWorksHours: previousWorksHoursRule }))
@InputType({ description: 'A new secret for a webhook source.' })
export class WebhookSecretRotateInput {
  @Field(() => ID, { description: 'The source.' })
  readonly sourceId: string;

  @Field(() => String, {
    nullable: true,
    description: 'What the tool signs with from now on, where it makes that itself; one is made if left out.',
  })
  readonly secret?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'For how many hours the secret before it still works, 0 to 168; 24 if left out, 0 where it leaked.',
  })
  readonly previousWorksHours?: number | null;
}
