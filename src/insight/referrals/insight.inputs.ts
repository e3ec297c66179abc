import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { Interval } from '../../nps/interval.js';
import { graphqlEnum } from '../../platform/graphql/enums.js';
import { rules, Validated } from '../../platform/graphql/input.js';
import { ReferralChannel } from '../../referrals/referral.sources.js';

export const ReferralPart = graphqlEnum('ReferralPart', 'What a table of figures has a line for.', {
  CHANNEL: 'Each channel.',
  AMBASSADOR: 'Each of the 100 ambassadors who brought most.',
  PERIOD: 'Each period.',
});
export type ReferralPart = keyof typeof ReferralPart;

@InputType({ description: 'Which referrals to count; all conditions together.' })
export class ReferralInsightFilter {
  @Field(() => Date, {
    nullable: true,
    description: 'What happened at this moment or later; a year before `to` if left out.',
  })
  readonly from?: Date | null;

  @Field(() => Date, { nullable: true, description: 'What happened before this moment; all until now if left out.' })
  readonly to?: Date | null;

  @Field(() => ReferralChannel, { nullable: true, description: 'What came over this channel.' })
  readonly channel?: ReferralChannel | null;

  @Field(() => ID, { nullable: true, description: 'What this ambassador brought.' })
  readonly ambassadorId?: string | null;
}

@Validated(
  z.object({
    filter: z
      .object({
        from: rules.time.nullish(),
        to: rules.time.nullish(),
        channel: z.enum(ReferralChannel).nullish(),
        ambassadorId: rules.globalId.nullish(),
      })
      .refine(({ from, to }) => !from || !to || from < to, { path: ['to'], error: 'must be later than from' })
      .nullish(),
  }),
)
@ArgsType()
export class ReferralInsightArgs {
  @Field(() => ReferralInsightFilter, { nullable: true, description: 'Which referrals; those of a year if left out.' })
  readonly filter?: ReferralInsightFilter | null;
}

@ArgsType()
export class IntervalArgs {
  @Field(() => Interval, { defaultValue: Interval.MONTH, description: 'How long each period is.' })
  readonly interval: Interval = Interval.MONTH;
}

@Validated(z.object({ first: z.number().int().min(1, 'must be from 1 to 100').max(100, 'must be from 1 to 100') }))
@ArgsType()
export class TopArgs {
  @Field(() => Int, { defaultValue: 20, description: 'How many, from 1 to 100.' })
  readonly first: number = 20;
}

@ArgsType()
export class CsvArgs extends IntervalArgs {
  @Field(() => ReferralPart, { description: 'What the table has a line for.' })
  readonly by: ReferralPart;
}
