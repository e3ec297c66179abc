import { change, creation, type Operation, ofNode, query } from './operation.js';

/** The operations of the points themselves. */
export const pointsOperations: Readonly<Record<string, Operation>> = {
  'Query.pointsExpiryPreview': query('pointsExpiryPreview(until: "2030-01-01T00:00:00Z")', '{ totals { points } }'),
  'Query.simulate': {
    document: 'query ($input: SimulationInput!) { simulate(input: $input) { entries { amountPoints } } }',
    about: ({ ambassadorId, rewardId }) => ({ input: { redemption: { ambassadorId, rewardId } } }),
    path: ['simulate'],
    onlyOwners: true,
  },
  'Query.rewardChangePreview': {
    document: `query ($id: ID!) { rewardChangePreview(challengeId: $id, rewardPoints: 5, from: "2026-01-01T00:00:00Z",
      to: "2030-01-01T00:00:00Z") { paidPoints } }`,
    about: ({ challengeId }) => ({ id: challengeId }),
    path: ['rewardChangePreview'],
  },
  'Ambassador.balances': ofNode('balances { available }'),
  'Ambassador.statement': ofNode('statement { closing { available } }'),
  'Ambassador.expiringPoints': ofNode('expiringPoints(until: "2030-01-01T00:00:00Z") { points }'),
  'Mutation.pointsTransfer': change('pointsTransfer', ({ ambassadorId }, idempotencyKey) => ({
    recipientId: ambassadorId,
    amountPoints: 1,
    message: 'Thanks',
    idempotencyKey,
  })),
  'Mutation.pointsUnitSet': creation('pointsUnitSet', () => ({ key: 'points', name: 'Points' })),
  'Mutation.pointsExpirySet': creation('pointsExpirySet', () => ({ kind: 'NEVER' })),
  'Mutation.pointsAdjust': change('pointsAdjust', ({ ambassadorId }, idempotencyKey) => ({
    ambassadorId,
    amountPoints: 1,
    reason: 'A gift',
    idempotencyKey,
  })),
  'Mutation.pointsReverse': change('pointsReverse', ({ entryId }, idempotencyKey) => ({
    entryId,
    amountPoints: 1,
    reason: 'A mistake',
    idempotencyKey,
  })),
};
