import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { PageArgs, pageRules } from '../../platform/graphql/connection.js';
import { rules, Validated } from '../../platform/graphql/input.js';
import { SeatStatus } from './seat.entity.js';

@Validated(z.object({ challengeId: rules.globalId }))
@InputType({ description: 'A beta programme to take part in.' })
export class SeatRequestInput {
  @Field(() => ID, { description: 'The challenge; one of kind BETA_PROGRAM.' })
  readonly challengeId: string;
}

@Validated(z.object({ challengeId: rules.globalId }))
@InputType({ description: 'The own seat, or place in the line, to give up.' })
export class SeatReleaseInput {
  @Field(() => ID, { description: 'The challenge.' })
  readonly challengeId: string;
}

@Validated(z.object({ challengeId: rules.globalId, ambassadorId: rules.globalId }))
@InputType({ description: "Somebody's seat, or place in the line, to free." })
export class SeatVacateInput {
  @Field(() => ID, { description: 'The challenge.' })
  readonly challengeId: string;

  @Field(() => ID, { description: 'Whose seat it is.' })
  readonly ambassadorId: string;
}

@Validated(pageRules)
@ArgsType()
export class SeatsArgs extends PageArgs {
  @Field(() => SeatStatus, { nullable: true, description: 'Only those who take part, or only those who wait.' })
  readonly status?: SeatStatus | null;
}
