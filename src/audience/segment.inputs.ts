import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { rules, Validated } from '../platform/graphql/input.js';
import { AudienceRuleNode, audienceRule } from './audience.inputs.js';
import type { AudienceRule } from './rule.js';

@Validated(z.object({ key: rules.key, name: rules.line(80), description: rules.text(2_000), rule: audienceRule }))
@InputType({ description: 'A new segment.' })
export class SegmentCreateInput {
  @Field({ description: 'The name for programs, as in big-customers; unique in the program.' })
  readonly key: string;

  @Field({ description: 'The name for people, at most 80 characters.' })
  readonly name: string;

  @Field({ defaultValue: '', description: 'What it is for, at most 2,000 characters.' })
  readonly description: string = '';

  @Field(() => AudienceRuleNode, { description: 'Who is in it.' })
  readonly rule: AudienceRule;
}

@Validated(
  z.object({
    segmentId: rules.globalId,
    name: rules.line(80).nullish(),
    description: rules.text(2_000).nullish(),
    rule: audienceRule.nullish(),
  }),
)
@InputType({ description: 'What to change of a segment; what is left out stays as it is.' })
export class SegmentUpdateInput {
  @Field(() => ID, { description: 'The segment.' })
  readonly segmentId: string;

  @Field(() => String, { nullable: true, description: 'The name for people, at most 80 characters.' })
  readonly name?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is for, at most 2,000 characters.' })
  readonly description?: string | null;

  @Field(() => AudienceRuleNode, {
    nullable: true,
    description: 'Who is in it from now on; whatever is meant for the segment follows at once.',
  })
  readonly rule?: AudienceRule | null;
}

@Validated(z.object({ rule: audienceRule }))
@ArgsType()
export class AudienceSizeArgs {
  @Field(() => AudienceRuleNode, { description: 'The rule to count by; nothing is saved.' })
  readonly rule: AudienceRule;
}
