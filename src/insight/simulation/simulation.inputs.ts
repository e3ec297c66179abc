import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { proofRules, SubmissionProofInput } from '../../challenges/submission.proof.js';
import { rules, Validated } from '../../platform/graphql/input.js';
import { amountPoints } from '../../points/points.inputs.js';
import { defaultUnitKey } from '../../points/unit.entity.js';
import { unitKey } from '../../points/unit.inputs.js';

const ambassadorId = rules.globalId.nullish();

@InputType({ description: 'An answer to a challenge that might be given.' })
export class SimulatedSubmissionInput {
  @Field(() => ID, { nullable: true, description: 'By whom; by the calling ambassador if left out.' })
  readonly ambassadorId?: string | null;

  @Field(() => ID, { description: 'The challenge.' })
  readonly challengeId: string;

  @Field(() => SubmissionProofInput, { description: 'What would show that it was done.' })
  readonly proof: SubmissionProofInput;

  @Field({
    defaultValue: true,
    description: 'Whether somebody approves it too, where it does not count by itself.',
  })
  readonly isApproved: boolean = true;
}

@InputType({ description: 'A purchase that might be made.' })
export class SimulatedRedemptionInput {
  @Field(() => ID, { nullable: true, description: 'By whom; by the calling ambassador if left out.' })
  readonly ambassadorId?: string | null;

  @Field(() => ID, { description: 'The reward.' })
  readonly rewardId: string;
}

@InputType({ description: 'Points that might be given or taken by hand. Not for ambassadors.' })
export class SimulatedAdjustmentInput {
  @Field(() => ID, { description: 'From or to whom.' })
  readonly ambassadorId: string;

  @Field(() => Int, { description: 'Not 0; negative takes away what is available.' })
  readonly amountPoints: number;

  @Field({ defaultValue: defaultUnitKey, description: 'In which unit, by its key.' })
  readonly unitKey: string = defaultUnitKey;
}

@InputType({ description: 'Points that might be given to another ambassador.' })
export class SimulatedTransferInput {
  @Field(() => ID, { nullable: true, description: 'By whom; by the calling ambassador if left out.' })
  readonly ambassadorId?: string | null;

  @Field(() => ID, { description: 'The ambassador who would get them.' })
  readonly recipientId: string;

  @Field(() => Int, { description: 'How many.' })
  readonly amountPoints: number;

  @Field({ defaultValue: defaultUnitKey, description: 'In which unit, by its key.' })
  readonly unitKey: string = defaultUnitKey;
}

@Validated(
  z.object({
    submission: z
      .object({ ambassadorId, challengeId: rules.globalId, proof: proofRules, isApproved: z.boolean() })
      .nullish(),
    redemption: z.object({ ambassadorId, rewardId: rules.globalId }).nullish(),
    adjustment: z
      .object({
        ambassadorId: rules.globalId,
        amountPoints: amountPoints.refine((amount) => amount !== 0, 'must not be 0'),
        unitKey,
      })
      .nullish(),
    transfer: z
      .object({
        ambassadorId,
        recipientId: rules.globalId,
        amountPoints: amountPoints.min(1, 'must be 1 or more'),
        unitKey,
      })
      .nullish(),
  }),
)
@InputType({ description: 'What might be done: one of these.' })
export class SimulationInput {
  @Field(() => SimulatedSubmissionInput, { nullable: true, description: 'An answer to a challenge.' })
  readonly submission?: SimulatedSubmissionInput | null;

  @Field(() => SimulatedRedemptionInput, { nullable: true, description: 'A purchase with points.' })
  readonly redemption?: SimulatedRedemptionInput | null;

  @Field(() => SimulatedAdjustmentInput, { nullable: true, description: 'Points given or taken by hand.' })
  readonly adjustment?: SimulatedAdjustmentInput | null;

  @Field(() => SimulatedTransferInput, { nullable: true, description: 'Points given to another ambassador.' })
  readonly transfer?: SimulatedTransferInput | null;
}

@Validated(
  z
    .object({
      challengeId: rules.globalId,
      rewardPoints: z.number().int().min(0, 'must be 0 or more').max(1_000_000, 'must not be more than 1,000,000'),
      from: rules.time,
      to: rules.time,
    })
    .refine(({ from, to }) => from <= to, { path: ['to'], message: 'must not be before from' }),
)
@ArgsType()
export class RewardChangeArgs {
  @Field(() => ID, { description: 'The challenge.' })
  readonly challengeId: string;

  @Field(() => Int, { description: 'What each approved submission would have earned, 0 to 1,000,000.' })
  readonly rewardPoints: number;

  @Field({ description: 'From when on submissions were approved.' })
  readonly from: Date;

  @Field({ description: 'Until when, exclusive.' })
  readonly to: Date;
}
