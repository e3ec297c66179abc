import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { AudienceRuleNode, audienceRule } from '../audience/audience.inputs.js';
import type { AudienceRule } from '../audience/rule.js';
import { PageArgs, pageRules } from '../platform/graphql/connection.js';
import { rules, Validated } from '../platform/graphql/input.js';
import { PollResults } from './poll.entity.js';

const optionsMax = 20;
const choices = `must be from 1 to ${optionsMax}`;

@Validated(
  z
    .object({
      question: rules.line(200),
      description: rules.text(5_000),
      options: z
        .array(rules.line(200))
        .min(2, 'must hold 2 options or more')
        .max(optionsMax, `must not hold more than ${optionsMax} options`)
        .refine((options) => new Set(options.map((each) => each.toLowerCase())).size === options.length, {
          error: 'must not hold the same option twice',
        }),
      choicesMax: z.number().int().min(1, choices).max(optionsMax, choices),
      closesAt: rules.time.nullish(),
      audience: audienceRule.nullish(),
    })
    .refine(({ choicesMax, options }) => choicesMax <= options.length, {
      path: ['choicesMax'],
      error: 'must not be more than there are options',
    }),
)
@InputType({ description: 'A new poll.' })
export class PollCreateInput {
  @Field({ description: 'What is asked, at most 200 characters.' })
  readonly question: string;

  @Field({ defaultValue: '', description: 'What else there is to know; at most 5,000 characters.' })
  readonly description: string = '';

  @Field(() => [String], { description: 'What to choose from: 2 to 20 different options of at most 200 characters.' })
  readonly options: string[];

  @Field(() => Int, { defaultValue: 1, description: 'How many options one ambassador may choose.' })
  readonly choicesMax: number = 1;

  @Field(() => PollResults, {
    defaultValue: PollResults.AFTER_VOTE,
    description: 'When ambassadors see how the votes stand.',
  })
  readonly resultsShown: PollResults = PollResults.AFTER_VOTE;

  @Field(() => Date, { nullable: true, description: 'When it closes; when somebody closes it if left out.' })
  readonly closesAt?: Date | null;

  @Field(() => AudienceRuleNode, {
    nullable: true,
    description: 'Who may vote, as it holds when they do; every ambassador if left out.',
  })
  readonly audience?: AudienceRule | null;
}

@Validated(z.object({ pollId: rules.globalId }))
@InputType({ description: 'A poll to close now.' })
export class PollCloseInput {
  @Field(() => ID, { description: 'The poll.' })
  readonly pollId: string;
}

@Validated(
  z.object({
    pollId: rules.globalId,
    optionIds: z
      .array(rules.globalId)
      .min(1, 'must not be empty')
      .max(optionsMax, `must not hold more than ${optionsMax} options`),
  }),
)
@InputType({ description: 'What one chooses in a poll.' })
export class PollVoteInput {
  @Field(() => ID, { description: 'The poll.' })
  readonly pollId: string;

  @Field(() => [ID], {
    description: 'The options chosen, as many as the poll allows. They replace what was chosen before.',
  })
  readonly optionIds: string[];
}

@Validated(z.object({ pollId: rules.globalId }))
@InputType({ description: 'A vote in a poll to take back.' })
export class PollVoteWithdrawInput {
  @Field(() => ID, { description: 'The poll.' })
  readonly pollId: string;
}

@Validated(pageRules)
@ArgsType()
export class PollsArgs extends PageArgs {
  @Field(() => Boolean, { nullable: true, description: 'Only those that take votes, or only those that are closed.' })
  readonly open?: boolean | null;
}
