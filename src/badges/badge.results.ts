import { createUnionType, Field, ObjectType } from 'type-graphql';
import { connectionOf } from '../platform/graphql/connection.js';
import { InputInvalid } from '../platform/graphql/problem.js';
import { Badge } from './badge.entity.js';

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
