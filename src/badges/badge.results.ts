import { createUnionType, Field, ObjectType } from 'type-graphql';
import { connectionOf } from '../platform/graphql/connection.js';
import { InputInvalid, NotFound } from '../platform/graphql/problem.js';
import { Badge, EarnedBadge } from './badge.entity.js';

@ObjectType({ description: 'A page of badges.' })
export class BadgeConnection extends connectionOf(Badge) {}

@ObjectType({ description: 'The badge can be won from now on; who qualified already gets it at once or soon after.' })
export class BadgeCreated {
  @Field(() => Badge, { description: 'The new badge.' })
  readonly badge: Badge;

  constructor(badge: Badge) {
    this.badge = badge;
  }
}

export const BadgeCreateResult = createUnionType({
  name: 'BadgeCreateResult',
  description: 'What badgeCreate answers.',
  types: () => [BadgeCreated, InputInvalid] as const,
});

@ObjectType({ description: 'The badge is as it was told to be; who holds it keeps it.' })
export class BadgeUpdated {
  @Field(() => Badge, { description: 'The badge as it is now.' })
  readonly badge: Badge;

  constructor(badge: Badge) {
    this.badge = badge;
  }
}

export const BadgeUpdateResult = createUnionType({
  name: 'BadgeUpdateResult',
  description: 'What badgeUpdate answers.',
  types: () => [BadgeUpdated, InputInvalid, NotFound] as const,
});

@ObjectType({ description: 'The ambassador holds the badge; granting it again answers the same.' })
export class BadgeGranted {
  @Field(() => EarnedBadge, { description: 'The badge, and since when it is held.' })
  readonly earnedBadge: EarnedBadge;

  constructor(earnedBadge: EarnedBadge) {
    this.earnedBadge = earnedBadge;
  }
}

export const BadgeGrantResult = createUnionType({
  name: 'BadgeGrantResult',
  description: 'What badgeGrant answers.',
  types: () => [BadgeGranted, InputInvalid, NotFound] as const,
});
