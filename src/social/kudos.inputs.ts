import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { rules, Validated } from '../platform/graphql/input.js';

@Validated(
  z.object({
    toAmbassadorId: rules.globalId,
    activityId: rules.globalId.nullish(),
    message: rules.line(280).nullish(),
    idempotencyKey: rules.idempotencyKey,
  }),
)
@InputType({ description: 'Praise for another ambassador.' })
export class KudosGiveInput {
  @Field(() => ID, { description: 'The ambassador to praise.' })
  readonly toAmbassadorId: string;

  @Field(() => ID, {
    nullable: true,
    description: 'What for: an item of the activity feed that tells of that ambassador, but not of kudos it gave.',
  })
  readonly activityId?: string | null;

  @Field(() => String, { nullable: true, description: 'Some words for it, one line of at most 280 characters.' })
  readonly message?: string | null;

  @Field({ description: 'Any text of the caller; the same key again answers with the first result.' })
  readonly idempotencyKey: string;
}

@Validated(z.object({ kudosId: rules.globalId }))
@InputType({ description: 'Kudos to take back.' })
export class KudosWithdrawInput {
  @Field(() => ID, { description: 'The kudos.' })
  readonly kudosId: string;
}
