import { change, creation, type Operation, page, query, secret } from './operation.js';

/** Operations of ideas and polls. */
export const pollOperations: Readonly<Record<string, Operation>> = {
  'Program.warnings': secret(
    'Program.warnings',
    '{ code }',
    { seenBy: 'program.read', nullable: true },
    ({ programId }) => programId,
  ),
  'Challenge.voters': secret(
    'Challenge.voters',
    '{ ambassador }',
    { seenBy: 'challenge.read', nullable: true },
    ({ challengeId }) => challengeId,
  ),
  'Query.ideas': query('ideas', page),
  'Query.polls': query('polls', page),
  'Poll.audience': secret(
    'Poll.audience',
    '{ ambassador }',
    { seenBy: 'poll.read', nullable: true },
    ({ pollId }) => pollId,
  ),
  'Mutation.ideaUpdate': change('ideaUpdate', ({ approvedId }) => ({ submissionId: approvedId, status: 'PLANNED' })),
  'Mutation.pollCreate': creation('pollCreate', () => ({ question: 'Tea or coffee?', options: ['Tea', 'Coffee'] })),
  'Mutation.pollClose': change('pollClose', ({ pollId }) => ({ pollId })),
  'Mutation.pollVote': change('pollVote', ({ pollId, optionId }) => ({ pollId, optionIds: [optionId] })),
  'Mutation.pollVoteWithdraw': change('pollVoteWithdraw', ({ pollId }) => ({ pollId })),
};
