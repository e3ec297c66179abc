import { Audiences } from '../../audience/audiences.js';
import { personConditions } from '../../audience/person.conditions.js';
import { Segment } from '../../audience/segment.entity.js';
import { SegmentResolver } from '../../audience/segment.resolver.js';
import { SegmentService } from '../../audience/segment.service.js';
import { badgeConditions } from '../../badges/badge.conditions.js';
import { challengeConditions } from '../../challenges/challenge.conditions.js';
import { BudgetResolver } from '../../fatigue/budget.resolver.js';
import { BudgetService } from '../../fatigue/budget.service.js';
import { Fatigue } from '../../fatigue/fatigue.js';
import { npsConditions } from '../../nps/nps.conditions.js';
import type { Kit } from './kit.js';

/**
 * Whom something is meant for, and how often they may be asked. What can be asked of a person is said by the features that know it, also by those that
 * stand above: a condition is a piece of SQL, so that nobody has to be called.
 */
export function composeAudience({ database, events, clock, nodes }: Kit) {
  const audiences = new Audiences(
    {
      ...personConditions,
      ...npsConditions,
      ...badgeConditions,
      ...challengeConditions,
    },
    clock,
  );
  const segments = new SegmentService(database, events, audiences);
  nodes.register(Segment, (context, id) => segments.find(context, id));
  const fatigue = new Fatigue();
  const budgets = new BudgetService(database, fatigue);
  return {
    services: { audiences, segments, fatigue, budgets },
    resolvers: [new SegmentResolver(segments), new BudgetResolver(budgets)],
    jobs: [],
  };
}
