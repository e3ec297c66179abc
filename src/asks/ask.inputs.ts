import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { PageArgs, pageRules } from '../platform/graphql/connection.js';
import { rules, Validated } from '../platform/graphql/input.js';
import { AskRefusal, AskStatus } from './ask.entity.js';
import { AskKind } from './ask.kinds.js';
import { AskMode } from './ask.order.js';

@Validated(z.object({ submissionId: rules.globalId }))
@InputType({ description: 'Something that was just approved, to give thanks for.' })
export class AskNextInput {
  @Field(() => ID, { description: 'The submission: approved, in the last 7 days.' })
  readonly submissionId: string;
}

@Validated(z.object({ askId: rules.globalId }))
@InputType({ description: 'An ask to say no to.' })
export class AskDeclineInput {
  @Field(() => ID, { description: 'The ask; also one that is over, for what they are asked from now on.' })
  readonly askId: string;

  @Field(() => AskRefusal, { defaultValue: AskRefusal.NOT_NOW, description: 'Not now, or never.' })
  readonly refusal: AskRefusal = AskRefusal.NOT_NOW;
}

@Validated(pageRules.extend({ contactId: rules.globalId.nullish() }))
@ArgsType()
export class AsksArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: 'Only what this contact was asked.' })
  readonly contactId?: string | null;

  @Field(() => AskKind, { nullable: true, description: 'Only asks for this.' })
  readonly kind?: AskKind | null;

  @Field(() => AskStatus, { nullable: true, description: 'Only asks that stand so.' })
  readonly status?: AskStatus | null;
}

const kinds = z
  .array(z.enum(AskKind))
  .max(Object.keys(AskKind).length, 'must name each kind once')
  .refine((list) => new Set(list).size === list.length, 'must name each kind once')
  .refine((list) => !list.includes('THANKS'), 'must not name THANKS, which asks for nothing')
  .nullish();
const whole = (from: number, to: number) => {
  const error = `must be from ${from} to ${to}`;
  return z.number().int(error).min(from, error).max(to, error).nullish();
};

@Validated(
  z.object({
    pinned: kinds,
    excluded: kinds,
    windowDays: whole(1, 365),
    learnFromAsks: whole(0, 100_000),
    groupAttribute: rules.line(64).nullish(),
    phoneAttribute: rules.line(64).nullish(),
  }),
)
@InputType({ description: 'What to change of how it is decided what somebody is asked; what is left out stays.' })
export class AskOrderSetInput {
  @Field(() => AskMode, { nullable: true, description: 'What decides where nothing pinned can be asked.' })
  readonly mode?: AskMode | null;

  @Field(() => [AskKind], { nullable: true, description: 'What to ask first, in this order; an empty list for none.' })
  readonly pinned?: readonly AskKind[] | null;

  @Field(() => [AskKind], { nullable: true, description: 'What never to ask; an empty list for none.' })
  readonly excluded?: readonly AskKind[] | null;

  @Field(() => Int, { nullable: true, description: 'How many days an ask waits, 1 to 365; for asks from now on.' })
  readonly windowDays?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'From how many asks with a known outcome on the draw decides, 0 to 100,000.',
  })
  readonly learnFromAsks?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'The attribute by which, beside the band, people are alike; null for the band alone.',
  })
  readonly groupAttribute?: string | null;

  @Field(() => String, { nullable: true, description: 'The attribute that holds telephone numbers.' })
  readonly phoneAttribute?: string | null;
}
