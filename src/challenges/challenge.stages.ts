import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { z } from 'zod';
import { rules } from '../platform/graphql/input.js';

const points = 'must be from 0 to 1,000,000';

export const stageRules = z
  .array(
    z.object({ title: rules.line(100), rewardPoints: z.number().int(points).min(0, points).max(1_000_000, points) }),
  )
  .min(2, 'must be from 2 to 20')
  .max(20, 'must be from 2 to 20');

@ObjectType('ChallengeStage', { description: 'A step of a challenge, which is submitted and paid by itself.' })
@InputType('ChallengeStageInput', { description: 'A step of a challenge, which is submitted and paid by itself.' })
export class ChallengeStage {
  @Field({ description: 'What it is about, at most 100 characters.' })
  readonly title: string;

  @Field(() => Int, { description: 'Points for it once it is approved, from 0 to 1,000,000.' })
  readonly rewardPoints: number;
}

/** What a challenge pays who does all of its stages. */
export function pointsOf(stages: readonly ChallengeStage[]): number {
  return stages.reduce((sum, { rewardPoints }) => sum + rewardPoints, 0);
}
