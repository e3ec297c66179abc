import { createUnionType, Field, ObjectType } from 'type-graphql';
import { connectionOf } from '../platform/graphql/connection.js';
import { graphqlEnum } from '../platform/graphql/enums.js';
import { IdempotencyKeyReused, InputInvalid, NotFound, Problem } from '../platform/graphql/problem.js';
import { Kudos } from './kudos.entity.js';

@ObjectType({ description: 'A page of kudos.' })
export class KudosConnection extends connectionOf(Kudos) {}

export const KudosRefusalReason = graphqlEnum('KudosRefusalReason', 'Why kudos cannot be given.', {
  NOT_OFFERED: 'The program has no kudos.',
  ONESELF: 'Nobody can praise themselves.',
  GIVEN_BEFORE: 'The caller praised this item before, whether that was withdrawn or not.',
  LIMIT_REACHED: 'The caller gave kudos as often as is allowed in a day, counted in the time zone of the program.',
});
export type KudosRefusalReason = keyof typeof KudosRefusalReason;

@ObjectType({ implements: Problem, description: 'These kudos cannot be given, or not now.' })
export class KudosRefused extends Problem {
  @Field(() => KudosRefusalReason, { description: 'Why, for programs to act on.' })
  readonly reason: KudosRefusalReason;

  constructor(reason: KudosRefusalReason) {
    super('KUDOS_REFUSED', `problem.kudosRefused.${reason}`);
    this.reason = reason;
  }
}

@ObjectType({ description: 'The other ambassador was praised.' })
export class KudosGiven {
  @Field(() => Kudos, { description: 'The kudos.' })
  readonly kudos: Kudos;

  constructor(kudos: Kudos) {
    this.kudos = kudos;
  }
}

@ObjectType({ description: 'The kudos do not stand any more, and what they paid went back.' })
export class KudosWithdrawn {
  @Field(() => Kudos, { description: 'The kudos as they were, without their words.' })
  readonly kudos: Kudos;

  constructor(kudos: Kudos) {
    this.kudos = kudos;
  }
}

export const KudosGiveResult = createUnionType({
  name: 'KudosGiveResult',
  description: 'What kudosGive answers.',
  types: () => [KudosGiven, KudosRefused, InputInvalid, IdempotencyKeyReused, NotFound] as const,
});

export const KudosWithdrawResult = createUnionType({
  name: 'KudosWithdrawResult',
  description: 'What kudosWithdraw answers.',
  types: () => [KudosWithdrawn, InputInvalid, NotFound] as const,
});
