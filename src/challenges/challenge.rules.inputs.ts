import { Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { AudienceRuleNode, audienceRule } from '../audience/audience.inputs.js';
import type { AudienceRule } from '../audience/rule.js';
import { rules } from '../platform/graphql/input.js';
import { RewardOddsInput } from './challenge.draw.entity.js';
import { oddsRules } from './challenge.draw.js';
import { ChallengeStage, stageRules } from './challenge.stages.js';
import { ChallengeTermsInput } from './challenge.terms.inputs.js';
import { LimitWindow } from './challenge.window.js';

const count = (max: number) => {
  const error = `must be from 1 to ${max.toLocaleString('en')}; null for none`;
  return z.number().int(error).min(1, error).max(max, error).nullish();
};

/** What the rules of play of a challenge have to meet, for inputs that have them among other things. */
export const playRules = {
  audience: audienceRule.nullish(),
  stages: stageRules.nullish(),
  odds: oddsRules.nullish(),
  prerequisiteIds: z.array(rules.globalId).max(10, 'must not be more than 10').nullish(),
  windowLimit: z
    .object({
      window: z.enum(LimitWindow),
      times: z.number().int().min(1, 'must be from 1 to 1,000').max(1_000, 'must be from 1 to 1,000'),
    })
    .nullish(),
  maxInAll: count(10_000_000),
  budgetPoints: count(1_000_000_000),
  cooldownHours: count(8_760),
};

@InputType({ description: 'How often one ambassador may do something in a stretch of time.' })
export class WindowLimitInput {
  @Field(() => LimitWindow, { description: "Over which time it is counted, in the program's time zone." })
  readonly window: LimitWindow;

  @Field(() => Int, { description: 'How many submissions may be pending or approved in each, 1 to 1,000.' })
  readonly times: number;
}

/** The rules of play of a challenge beside `maxPerAmbassador`: the same when it is made and when it is changed. */
@InputType({ description: 'The rules of play of a challenge.' })
export abstract class ChallengeRulesInput extends ChallengeTermsInput {
  @Field(() => [ChallengeStage], {
    nullable: true,
    description:
      'Its steps in their order, 2 to 20: each is submitted and paid by itself, once the one before is approved. rewardPoints are the sum of theirs, and each ambassador does each once. Given when it is made; later only steps may be added or changed.',
  })
  readonly stages?: readonly ChallengeStage[] | null;

  @Field(() => [RewardOddsInput], {
    nullable: true,
    description:
      'What is drawn on top of rewardPoints when a submission is approved, 2 to 20 prizes with their tickets; null: nothing. Everybody sees the odds. What waits already draws by the odds that it came in with.',
  })
  readonly odds?: readonly RewardOddsInput[] | null;

  @Field(() => AudienceRuleNode, {
    nullable: true,
    description: 'Whom it is meant for, as it holds when they submit; null: every ambassador.',
  })
  readonly audience?: AudienceRule | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Challenges that have to be approved before it opens, at most 10; none if empty.',
  })
  readonly prerequisiteIds?: readonly string[] | null;

  @Field(() => WindowLimitInput, {
    nullable: true,
    description:
      'How many submissions one ambassador may have pending or approved in a day, week or month; null: any number.',
  })
  readonly windowLimit?: WindowLimitInput | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many submissions of all ambassadors together may be pending or approved, 1 to 10,000,000; null: any number. Lowered below what there is it takes nothing back.',
  })
  readonly maxInAll?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many points it may pay in all, 1 to 1,000,000,000; null: any number. Points are set aside when a submission comes in, and free again when it is rejected. Never less than what is paid and set aside already.',
  })
  readonly budgetPoints?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many hours an ambassador waits after a submission before the next, 1 to 8,760; null: none. One that is rejected does not make anybody wait.',
  })
  readonly cooldownHours?: number | null;
}
