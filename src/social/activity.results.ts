import { createUnionType, Field, ObjectType } from 'type-graphql';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import { connectionOf } from '../platform/graphql/connection.js';
import { InputInvalid, NotFound } from '../platform/graphql/problem.js';
import { Activity } from './activity.entity.js';

@ObjectType({ description: 'A page of the activity feed.' })
export class ActivityConnection extends connectionOf(Activity) {}

@ObjectType({ description: 'The ambassador shares what it does, or does not, as it asked for.' })
export class ActivitySharingChanged {
  @Field(() => Ambassador, { description: 'The ambassador; see `sharesActivity`.' })
  readonly ambassador: Ambassador;

  constructor(ambassador: Ambassador) {
    this.ambassador = ambassador;
  }
}

@ObjectType({ description: 'Only moderators see the item any more.' })
export class ActivityHidden {
  @Field(() => Activity, { description: 'The item.' })
  readonly activity: Activity;

  constructor(activity: Activity) {
    this.activity = activity;
  }
}

@ObjectType({ description: 'The item is in the feed again.' })
export class ActivityRestored {
  @Field(() => Activity, { description: 'The item.' })
  readonly activity: Activity;

  constructor(activity: Activity) {
    this.activity = activity;
  }
}

export const ActivitySharingSetResult = createUnionType({
  name: 'ActivitySharingSetResult',
  description: 'What activitySharingSet answers.',
  types: () => [ActivitySharingChanged, InputInvalid] as const,
});

export const ActivityHideResult = createUnionType({
  name: 'ActivityHideResult',
  description: 'What activityHide answers.',
  types: () => [ActivityHidden, InputInvalid, NotFound] as const,
});

export const ActivityRestoreResult = createUnionType({
  name: 'ActivityRestoreResult',
  description: 'What activityRestore answers.',
  types: () => [ActivityRestored, InputInvalid, NotFound] as const,
});
