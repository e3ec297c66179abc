import { graphqlEnum } from '../platform/graphql/enums.js';

export const NotAskedReason = graphqlEnum('NotAskedReason', 'Why somebody is not asked.', {
  NO_EMPLOYEE: 'The survey (ENPS) asks employees alone.',
  NO_ADDRESS: 'There is no address to write to.',
  UNSUBSCRIBED: 'They want no more of this.',
  BOUNCED: 'Their address takes no mail.',
  NO_CONSENT: 'They have not agreed to be asked.',
  ANSWERED: 'They answered the survey not long ago.',
  ASKED_FOR_THIS: 'They were asked for the same not long ago.',
  ASKED_FOR_ANYTHING: 'They were asked for something else only just now.',
  NOT_IN_AUDIENCE: 'The wave is not meant for them.',
});
export type NotAskedReason = keyof typeof NotAskedReason;
