import { change, creation, type Operation, page, query, secret } from './operation.js';

/** Operations of the activity feed and kudos. */
export const socialOperations: Readonly<Record<string, Operation>> = {
  'Query.activityFeed': query('activityFeed', page),
  'Activity.hiddenAt': secret(
    'Activity.hiddenAt',
    '',
    { seenBy: 'activity.read', nullable: true },
    ({ hiddenActivityId }) => hiddenActivityId,
  ),
  'Mutation.activitySharingSet': creation('activitySharingSet', () => ({ shares: true })),
  'Mutation.activityHide': change('activityHide', ({ hiddenActivityId: activityId }) => ({ activityId })),
  'Mutation.activityRestore': change('activityRestore', ({ activityId }) => ({ activityId })),
  'Mutation.kudosGive': change('kudosGive', ({ ambassadorId }, idempotencyKey) => ({
    toAmbassadorId: ambassadorId,
    idempotencyKey,
  })),
  'Mutation.kudosWithdraw': { ...change('kudosWithdraw', ({ kudosId }) => ({ kudosId })), onlyOwners: true },
  'Query.reportedKudos': query('reportedKudos', page),
  'Kudos.reportCount': secret(
    'Kudos.reportCount',
    '',
    { seenBy: 'kudos.read', nullable: true },
    ({ sharedKudosId }) => sharedKudosId,
  ),
  'Mutation.kudosReport': change('kudosReport', ({ sharedKudosId: kudosId }) => ({ kudosId })),
  'Mutation.kudosReportsDismiss': change('kudosReportsDismiss', ({ sharedKudosId: kudosId }) => ({ kudosId })),
  'Mutation.socialTermsSet': creation('socialTermsSet', () => ({ keptDays: 90 })),
};
