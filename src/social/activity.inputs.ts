import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { PageArgs, pageRules } from '../platform/graphql/connection.js';
import { rules, Validated } from '../platform/graphql/input.js';
import { ActivityKind } from './activity.entity.js';

@Validated(
  pageRules.extend({
    kinds: z
      .array(z.enum(ActivityKind))
      .min(1, 'must not be empty')
      .max(20, 'must not hold more than 20 kinds')
      .nullish(),
    ambassadorId: rules.globalId.nullish(),
  }),
)
@ArgsType()
export class ActivityFeedArgs extends PageArgs {
  @Field(() => [ActivityKind], { nullable: true, description: 'Only items of these kinds; all kinds if left out.' })
  readonly kinds?: readonly ActivityKind[] | null;

  @Field(() => ID, { nullable: true, description: 'Only what this ambassador did.' })
  readonly ambassadorId?: string | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'In place of what is shown, what moderators have hidden. For moderators and admins.',
  })
  readonly hidden: boolean = false;
}

@InputType({ description: 'Whether the calling ambassador lets others see what it does.' })
export class ActivitySharingSetInput {
  @Field({
    description:
      'True: what it does from now on is in the activity feed. False: nothing of it is shown any more, and its items are forgotten; they do not come back.',
  })
  readonly shares: boolean;
}

@Validated(z.object({ activityId: rules.globalId }))
@InputType({ description: 'An item to take out of the feed.' })
export class ActivityHideInput {
  @Field(() => ID, { description: 'The item.' })
  readonly activityId: string;
}

@Validated(z.object({ activityId: rules.globalId }))
@InputType({ description: 'A hidden item to show again.' })
export class ActivityRestoreInput {
  @Field(() => ID, { description: 'The item.' })
  readonly activityId: string;
}
