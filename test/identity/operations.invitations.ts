import { SurveyInvitation } from '../../src/invitations/invitation.entity.js';
import { rowId } from '../../src/platform/graphql/node.js';
import { change, creation, type Operation, page, query, secret } from './operation.js';

const seenBy = { seenBy: 'invitation.read', nullable: true } as const;

/** Operations of surveys that go out, and of how often one person is asked. */
export const invitationOperations: Readonly<Record<string, Operation>> = {
  'Query.fatigueBudget': query('fatigueBudget', '{ allDays }'),
  'Mutation.fatigueBudgetSet': creation('fatigueBudgetSet', () => ({ allDays: 7 })),
  'Query.whyNotAsked': {
    document: 'query ($id: ID!) { whyNotAsked(contactId: $id, kind: NPS_SURVEY) { mayBeAsked } }',
    about: ({ contactId }) => ({ id: contactId }),
    path: ['whyNotAsked'],
  },
  'Query.invitationWaves': query('invitationWaves', page),
  'Query.invitationWavePreview': query('invitationWavePreview(input: { audience: { ambassador: true } })', '{ asked }'),
  'Query.invitationTexts': query('invitationTexts', '{ subject }'),
  'InvitationWave.linksCsv': secret('InvitationWave.linksCsv', '{ csv }', seenBy, ({ waveId }) => waveId),
  'SurveyInvitation.contact': secret('SurveyInvitation.contact', '{ id }', seenBy, ({ invitationId }) => invitationId),
  'SurveyInvitation.url': secret('SurveyInvitation.url', '', seenBy, ({ invitationId }) => invitationId),
  'Mutation.invitationWaveCreate': creation('invitationWaveCreate', (idempotencyKey) => ({
    name: 'A wave',
    channel: 'LINK',
    audience: { ambassador: true },
    idempotencyKey,
  })),
  'Mutation.invitationWavePause': change('invitationWavePause', ({ waveId }) => ({ waveId })),
  'Mutation.invitationWaveResume': change('invitationWaveResume', ({ waveId }) => ({ waveId })),
  'Mutation.invitationWaveCancel': change('invitationWaveCancel', ({ waveId }) => ({ waveId })),
  'Mutation.invitationTextSet': creation('invitationTextSet', () => ({ language: 'en' })),
  'Mutation.mailBounceRecord': change('mailBounceRecord', ({ invitationId }) => ({
    messageId: `<${rowId(SurveyInvitation, invitationId)}.1@example.com>`,
  })),
};
