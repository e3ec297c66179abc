import type { RequestContext } from '../../identity/session.js';
import { settingsOf } from '../../influence/terms.service.js';
import { schemeOf } from '../../nps/scheme.js';
import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database/database.js';
import { programOf } from '../last-answers.js';
import { wholeMonths } from '../periods.js';
import { revenueOf } from '../referrals/figures.js';
import { peopleMin, shownGroups } from '../small-groups.js';
import {
  type Brought,
  countBrought,
  countReached,
  type FunnelScope,
  type Reached,
  takenSteps,
} from './funnel.counting.js';
import { Funnel, FunnelCohort, FunnelStep, type LoopCohort, LoopFunnel, type LoopFunnelArgs } from './funnel.js';

/** How far people come from the answer to the new customer. */
export class FunnelService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async follow(context: RequestContext, { by, ...args }: LoopFunnelArgs): Promise<LoopFunnel> {
    context.session.require('insight.read');
    const { id: programId, timeZone } = context.session.program;
    const { from, to, months } = wholeMonths(args, timeZone, this.clock.now());
    return this.database.read(async (db) => {
      const programScheme = schemeOf(await programOf(db, programId));
      const { sharingKinds } = await settingsOf(db, programId);
      const scope: FunnelScope = { programId, programScheme, from, to, months, by, sharingKinds };
      const reached = await countReached(db, scope);
      const brought = await countBrought(db, scope);
      const cohorts = months.map((month, cohort) => ({
        month,
        reached: reached.filter((each) => each.cohort === cohort),
        brought: brought.filter((each) => each.cohort === cohort),
      }));
      const all = peopleIn(reached);
      const shown = new Set(shownGroups(cohorts, (cohort) => peopleIn(cohort.reached), all));
      return Object.assign(new LoopFunnel(), {
        from,
        to,
        by,
        all: all < peopleMin ? null : funnelOf(by, reached, brought),
        cohorts: cohorts.map((cohort) =>
          Object.assign(new FunnelCohort(), {
            from: cohort.month,
            funnel: shown.has(cohort) ? funnelOf(by, cohort.reached, cohort.brought) : null,
          }),
        ),
      });
    });
  }
}

function peopleIn(reached: readonly Reached[]): number {
  return reached.reduce((sum, { people }) => sum + people, 0);
}

function funnelOf(by: LoopCohort, reached: readonly Reached[], brought: readonly Brought[]): Funnel {
  const taken = takenSteps(by, reached);
  const first = taken[0]?.people ?? 0;
  const steps = taken.map(({ step, people }, index) => {
    const before = taken[index - 1]?.people ?? 0;
    return Object.assign(new FunnelStep(), {
      step,
      people,
      share: first === 0 ? null : people / first,
      conversion: before === 0 ? null : people / before,
    });
  });
  const cents = new Map<string, number>();
  for (const { currency, revenueCents } of brought) {
    if (currency !== null) cents.set(currency, (cents.get(currency) ?? 0) + revenueCents);
  }
  return Object.assign(new Funnel(), {
    steps,
    newCustomers: brought.reduce((sum, { customers }) => sum + customers, 0),
    revenue: revenueOf(cents),
  });
}
