import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { PageArgs, pageRules } from '../platform/graphql/connection.js';
import { rules, Validated } from '../platform/graphql/input.js';
import { ChallengeKind, ChallengeStatus, Verification } from './challenge.entity.js';
import { ChallengeRulesInput, playRules } from './challenge.rules.inputs.js';
import { termRules } from './challenge.terms.inputs.js';

const title = rules.line(200);
const description = rules.text(10_000);
const rewardPoints = z
  .number()
  .int()
  .min(0, 'must be from 0 to 1,000,000')
  .max(1_000_000, 'must be from 0 to 1,000,000');
const maxPerAmbassador = z.number().int().min(1, 'must be 1 or more; null for any number').nullish();

/** A challenge that would be over before it starts. */
export const endsBeforeStart = 'must be after startsAt';

/** Whether a challenge has some time to be open in. */
export function isPeriod({
  startsAt,
  endsAt,
}: {
  readonly startsAt?: Date | null;
  readonly endsAt?: Date | null;
}): boolean {
  return !startsAt || !endsAt || startsAt < endsAt;
}

@Validated(
  z
    .object({
      title,
      description,
      rewardPoints,
      startsAt: rules.time.nullish(),
      endsAt: rules.time.nullish(),
      maxPerAmbassador,
      pendingDays: z.number().int().min(0, 'must be from 0 to 365').max(365, 'must be from 0 to 365'),
      ...playRules,
      ...termRules,
    })
    .refine(isPeriod, { path: ['endsAt'], error: endsBeforeStart }),
)
@InputType({ description: 'A new challenge.' })
export class ChallengeCreateInput extends ChallengeRulesInput {
  @Field(() => ChallengeKind, { description: 'What is asked for; it says which proof a submission takes.' })
  readonly kind: ChallengeKind;

  @Field({ description: 'What ambassadors read first, at most 200 characters.' })
  readonly title: string;

  @Field({ defaultValue: '', description: 'What to do, and how; at most 10,000 characters.' })
  readonly description: string = '';

  @Field(() => Int, { description: 'Points for each approved submission, from 0 to 1,000,000.' })
  readonly rewardPoints: number;

  @Field(() => Verification, {
    defaultValue: Verification.MANUAL,
    description: 'Who decides whether a submission counts.',
  })
  readonly verification: Verification = Verification.MANUAL;

  @Field(() => Date, { nullable: true, description: 'From when on it is open; at once if left out.' })
  readonly startsAt?: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it closes, itself not included; never if left out.' })
  readonly endsAt?: Date | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: 1,
    description: 'How many submissions one ambassador may have pending or approved, 1 or more; null: any number.',
  })
  readonly maxPerAmbassador: number | null = 1;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether ambassadors may see and vote for the submissions of others. If left out it depends on the kind: yes for what is made to be seen (REVIEW, QUOTE, BLOG_POST, IDEA, SOCIAL_SHARE, CASE_STUDY, NEWSLETTER_MENTION, CUSTOM), no for what is said in private.',
  })
  readonly votable?: boolean | null;

  @Field(() => Int, {
    defaultValue: 0,
    description: 'For how many days after approval the points stay pending, from 0 to 365.',
  })
  readonly pendingDays: number = 0;
}

@Validated(
  z.object({
    challengeId: rules.globalId,
    title: title.nullish(),
    description: description.nullish(),
    rewardPoints: rewardPoints.nullish(),
    startsAt: rules.time.nullish(),
    endsAt: rules.time.nullish(),
    maxPerAmbassador,
    ...playRules,
    ...termRules,
  }),
)
@InputType({ description: 'What to change of a challenge; what is left out stays as it is.' })
export class ChallengeUpdateInput extends ChallengeRulesInput {
  @Field(() => ID, { description: 'The challenge.' })
  readonly challengeId: string;

  @Field(() => String, { nullable: true, description: 'What ambassadors read first, at most 200 characters.' })
  readonly title?: string | null;

  @Field(() => String, { nullable: true, description: 'What to do, and how; at most 10,000 characters.' })
  readonly description?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Points for each submission from now on, from 0 to 1,000,000. What was submitted before pays what was promised then.',
  })
  readonly rewardPoints?: number | null;

  @Field(() => Date, { nullable: true, description: 'From when on it is open; null: at once.' })
  readonly startsAt?: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When it closes, itself not included; null: never. A moment that has passed closes it now.',
  })
  readonly endsAt?: Date | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many submissions one ambassador may have pending or approved, 1 or more; null: any number. Takes nothing back from who has more.',
  })
  readonly maxPerAmbassador?: number | null;
}

@Validated(z.object({ challengeId: rules.globalId }))
@InputType({ description: 'A challenge to pause.' })
export class ChallengePauseInput {
  @Field(() => ID, { description: 'The challenge.' })
  readonly challengeId: string;
}

@Validated(z.object({ challengeId: rules.globalId }))
@InputType({ description: 'A paused challenge to go on with.' })
export class ChallengeResumeInput {
  @Field(() => ID, { description: 'The challenge.' })
  readonly challengeId: string;
}

@Validated(z.object({ challengeId: rules.globalId }))
@InputType({ description: 'A challenge to put away for good.' })
export class ChallengeArchiveInput {
  @Field(() => ID, { description: 'The challenge.' })
  readonly challengeId: string;
}

@Validated(
  z
    .object({
      challengeId: rules.globalId,
      title: title.nullish(),
      startsAt: rules.time.nullish(),
      endsAt: rules.time.nullish(),
    })
    .refine(isPeriod, { path: ['endsAt'], error: endsBeforeStart }),
)
@InputType({ description: 'A challenge to make again.' })
export class ChallengeDuplicateInput {
  @Field(() => ID, { description: 'The challenge to copy.' })
  readonly challengeId: string;

  @Field(() => String, { nullable: true, description: 'The title of the copy; the same if left out.' })
  readonly title?: string | null;

  @Field(() => Date, { nullable: true, description: 'From when on the copy is open; at once if left out.' })
  readonly startsAt?: Date | null;

  @Field(() => Date, { nullable: true, description: 'When the copy closes; never if left out.' })
  readonly endsAt?: Date | null;
}

@Validated(pageRules)
@ArgsType()
export class ChallengesArgs extends PageArgs {
  @Field(() => ChallengeKind, { nullable: true, description: 'Only of this kind.' })
  readonly kind?: ChallengeKind | null;

  @Field(() => ChallengeStatus, {
    nullable: true,
    description: 'Only those that stand there now; all but the archived if left out.',
  })
  readonly status?: ChallengeStatus | null;
}
