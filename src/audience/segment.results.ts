import { createUnionType, Field, Int, ObjectType } from 'type-graphql';
import { Contact } from '../contacts/contact.entity.js';
import { connectionOf } from '../platform/graphql/connection.js';
import { InputInvalid, NotFound } from '../platform/graphql/problem.js';
import { Segment } from './segment.entity.js';

@ObjectType({ description: 'A page of segments.' })
export class SegmentConnection extends connectionOf(Segment) {}

@ObjectType({ description: 'A page of contacts.' })
export class ContactConnection extends connectionOf(Contact) {}

@ObjectType({ description: 'How many a rule means, now.' })
export class AudienceSize {
  @Field(() => Int, { description: 'Contacts, those who joined included.' })
  readonly contacts: number;

  @Field(() => Int, { description: 'Those of them who are ambassadors.' })
  readonly ambassadors: number;
}

@ObjectType({ description: 'The segment is made.' })
export class SegmentCreated {
  @Field(() => Segment, { description: 'The segment.' })
  readonly segment: Segment;

  constructor(segment: Segment) {
    this.segment = segment;
  }
}

@ObjectType({ description: 'The segment is changed.' })
export class SegmentUpdated {
  @Field(() => Segment, { description: 'The segment as it is now.' })
  readonly segment: Segment;

  constructor(segment: Segment) {
    this.segment = segment;
  }
}

export const SegmentCreateResult = createUnionType({
  name: 'SegmentCreateResult',
  description: 'What segmentCreate answers.',
  types: () => [SegmentCreated, InputInvalid] as const,
});

export const SegmentUpdateResult = createUnionType({
  name: 'SegmentUpdateResult',
  description: 'What segmentUpdate answers.',
  types: () => [SegmentUpdated, InputInvalid, NotFound] as const,
});
