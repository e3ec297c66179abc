import { Field, Float, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { ChallengeKind } from '../challenges/challenge.entity.js';
import { Validated } from '../platform/graphql/input.js';
import { EvidenceKind, everyWeighedKind } from './gate.js';

const weighed: readonly string[] = everyWeighedKind;
const hundredths = (lowest: number, highest: number) =>
  z
    .number()
    .min(lowest, `must be from ${lowest} to ${highest}`)
    .max(highest, `must be from ${lowest} to ${highest}`)
    .refine((value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6, 'must have at most two decimals');

const weight = z.object({
  kind: z.enum(EvidenceKind).refine((kind) => weighed.includes(kind), 'is compared as it is, not weighed'),
  weight: hundredths(0, 100).nullish(),
  countMax: z.number().int().min(1, 'must be 1 or more').max(1_000_000).nullish(),
});

@InputType({ description: 'How much one kind of evidence is to count; what is left out stays.' })
export class EvidenceWeightInput {
  @Field(() => EvidenceKind, { description: 'The kind of evidence; all but SCORE.' })
  readonly kind: EvidenceKind;

  @Field(() => Float, { nullable: true, description: 'From 0, which leaves it out, to 100, with two decimals.' })
  readonly weight?: number | null;

  @Field(() => Int, { nullable: true, description: 'How many of it count at most; null for no limit.' })
  readonly countMax?: number | null;
}

@Validated(
  z.object({
    windowDays: z.number().int().min(1, 'must be from 1 to 3650').max(3_650, 'must be from 1 to 3650').nullish(),
    enthusiasticFromScore: z.number().int().min(0, 'must be from 0 to 10').max(10, 'must be from 0 to 10').nullish(),
    sharesFrom: hundredths(0.01, 1_000_000).nullish(),
    influencesFrom: hundredths(0.01, 1_000_000).nullish(),
    sharingKinds: z.array(z.enum(ChallengeKind)).min(1, 'must name at least one kind').max(50).nullish(),
    weights: z
      .array(weight)
      .max(everyWeighedKind.length, 'must name each kind once')
      .refine((weights) => new Set(weights.map(({ kind }) => kind)).size === weights.length, 'must name each kind once')
      .nullish(),
  }),
)
@InputType({ description: 'What to change of how superpromoters are told; what is left out stays. It holds at once.' })
export class SuperpromoterTermsSetInput {
  @Field(() => Int, { nullable: true, description: 'How many days back evidence counts, 1 to 3,650.' })
  readonly windowDays?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The last score from which somebody is enthusiastic; null for the promoters by the scheme of the survey.',
  })
  readonly enthusiasticFromScore?: number | null;

  @Field(() => Float, { nullable: true, description: 'The SSM from which somebody shares; more than 0.' })
  readonly sharesFrom?: number | null;

  @Field(() => Float, { nullable: true, description: 'The IFM from which somebody influences; more than 0.' })
  readonly influencesFrom?: number | null;

  @Field(() => [ChallengeKind], { nullable: true, description: 'Which kinds of challenges count as sharing.' })
  readonly sharingKinds?: readonly ChallengeKind[] | null;

  @Field(() => [EvidenceWeightInput], { nullable: true, description: 'The weights to change.' })
  readonly weights?: readonly EvidenceWeightInput[] | null;
}
