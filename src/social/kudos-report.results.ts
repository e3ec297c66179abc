import { createUnionType, Field, ObjectType } from 'type-graphql';
import { InputInvalid, NotFound } from '../platform/graphql/problem.js';
import { Kudos } from './kudos.entity.js';

@ObjectType({ description: 'A moderator will look at the kudos.' })
export class KudosReported {
  @Field(() => Kudos, { description: 'The kudos.' })
  readonly kudos: Kudos;

  constructor(kudos: Kudos) {
    this.kudos = kudos;
  }
}

@ObjectType({ description: 'The kudos stay, and their reports are settled.' })
export class KudosReportsDismissed {
  @Field(() => Kudos, { description: 'The kudos.' })
  readonly kudos: Kudos;

  constructor(kudos: Kudos) {
    this.kudos = kudos;
  }
}

export const KudosReportResult = createUnionType({
  name: 'KudosReportResult',
  description: 'What kudosReport answers.',
  types: () => [KudosReported, InputInvalid, NotFound] as const,
});

export const KudosReportsDismissResult = createUnionType({
  name: 'KudosReportsDismissResult',
  description: 'What kudosReportsDismiss answers.',
  types: () => [KudosReportsDismissed, InputInvalid, NotFound] as const,
});
