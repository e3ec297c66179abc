import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { rules, Validated } from '../platform/graphql/input.js';

@Validated(z.object({ kudosId: rules.globalId }))
@InputType({ description: 'Kudos that a moderator should look at.' })
export class KudosReportInput {
  @Field(() => ID, { description: 'The kudos.' })
  readonly kudosId: string;
}

@Validated(z.object({ kudosId: rules.globalId }))
@InputType({ description: 'Kudos that were reported and may stay.' })
export class KudosReportsDismissInput {
  @Field(() => ID, { description: 'The kudos.' })
  readonly kudosId: string;
}
