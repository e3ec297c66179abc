import { change, creation, type Operation, ofAmbassador, page, query, secret } from './operation.js';

/** The operations of the rules of play: for whom, in which order, and what is paid by chance. */
export const playOperations: Readonly<Record<string, Operation>> = {
  'Query.segments': query('segments', page),
  'Query.audienceSize': query('audienceSize(rule: { ambassador: true })', '{ contacts }'),
  'Query.bonusWindows': query('bonusWindows', page),
  'Query.tracks': query('tracks', page),
  'Ambassador.tracks': secret('Ambassador.tracks', '{ stepsDone }', ofAmbassador, ({ ambassadorId }) => ambassadorId),
  'Challenge.audience': secret(
    'Challenge.audience',
    '{ ambassador }',
    { seenBy: 'challenge.read', nullable: true },
    ({ challengeId }) => challengeId,
  ),
  'Mutation.segmentCreate': creation('segmentCreate', (unique) => ({
    key: unique,
    name: 'Those who joined',
    rule: { ambassador: true },
  })),
  'Mutation.segmentUpdate': change('segmentUpdate', ({ segmentId }) => ({ segmentId, name: 'All who joined' })),
  'Mutation.bonusWindowCreate': creation('bonusWindowCreate', (name) => ({
    name,
    multiplierPercent: 200,
    startsAt: '2030-01-05T00:00:00Z',
    endsAt: '2030-01-07T00:00:00Z',
  })),
  'Mutation.bonusWindowCancel': change('bonusWindowCancel', ({ bonusWindowId }) => ({ bonusWindowId })),
  'Mutation.rewardDrawReveal': change('rewardDrawReveal', ({ drawId }) => ({ drawId })),
  'Mutation.trackCreate': change('trackCreate', ({ lessonId }, key) => ({
    key,
    title: 'An academy',
    challengeIds: [lessonId],
  })),
  'Mutation.trackUpdate': change('trackUpdate', ({ trackId }) => ({ trackId, title: 'A better academy' })),
};
