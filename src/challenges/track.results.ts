import { createUnionType, Field, ObjectType } from 'type-graphql';
import { connectionOf } from '../platform/graphql/connection.js';
import { InputInvalid, NotFound } from '../platform/graphql/problem.js';
import { Track } from './track.entity.js';

@ObjectType({ description: 'A page of tracks.' })
export class TrackConnection extends connectionOf(Track) {}

@ObjectType({ description: 'The track is made.' })
export class TrackCreated {
  @Field(() => Track, { description: 'The track.' })
  readonly track: Track;

  constructor(track: Track) {
    this.track = track;
  }
}

@ObjectType({ description: 'The track is changed.' })
export class TrackUpdated {
  @Field(() => Track, { description: 'The track as it is now.' })
  readonly track: Track;

  constructor(track: Track) {
    this.track = track;
  }
}

export const TrackCreateResult = createUnionType({
  name: 'TrackCreateResult',
  description: 'What trackCreate answers.',
  types: () => [TrackCreated, InputInvalid, NotFound] as const,
});

export const TrackUpdateResult = createUnionType({
  name: 'TrackUpdateResult',
  description: 'What trackUpdate answers.',
  types: () => [TrackUpdated, InputInvalid, NotFound] as const,
});
