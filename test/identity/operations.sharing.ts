import { change, creation, type Operation, ofAmbassador, page, query, secret } from './operation.js';

/** The operations of who sent whom, by name and beforehand. */
export const sharingOperations: Readonly<Record<string, Operation>> = {
  'Query.referralClaims': query('referralClaims', page),
  'Ambassador.referralNominations': secret(
    'Ambassador.referralNominations',
    page,
    ofAmbassador,
    (things) => things.ambassadorId,
  ),
  'Mutation.referralNominate': creation('referralNominate', (unique) => ({
    friend: { externalId: unique },
    friendName: 'A neighbour',
  })),
  'Mutation.referralClaim': creation('referralClaim', (unique) => ({
    friend: { externalId: unique },
    referrerName: 'Anna',
  })),
  'Mutation.referralClaimSettle': change('referralClaimSettle', ({ claimId, ambassadorId }) => ({
    claimId,
    ambassadorId,
  })),
  'Mutation.referralClaimDismiss': change('referralClaimDismiss', ({ claimId }) => ({ claimId })),
};
