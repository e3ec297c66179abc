import type { RequestContext } from '../../identity/session.js';
import type { Superpromoter } from '../../influence/superpromoter.js';
import type { SuperpromoterService } from '../../influence/superpromoter.service.js';
import { decodeCursor, encodeCursor, pageOf } from '../../platform/database/paginate.js';
import type { Page, PageArgs } from '../../platform/graphql/connection.js';
import { EffortFocus, FocusCandidate } from './focus.js';

const ambassadorsMax = 10_000;
/** The share of all ambassadors that effort goes to. */
const focusShare = 0.2;

/** Who can become a superpromoter, and what is missing. */
export class FocusService {
  constructor(private readonly superpromoters: SuperpromoterService) {}

  async find(context: RequestContext): Promise<EffortFocus> {
    context.session.require('insight.read');
    const standings = await this.superpromoters.standings(context, ambassadorsMax + 1);
    const looked = standings.slice(0, ambassadorsMax);
    const candidates = looked.map(candidateOf).filter(({ lacks }) => lacks.length > 0);
    const ranked = candidates
      .sort((a, b) => b.closeness - a.closeness || (a.ambassadorId < b.ambassadorId ? -1 : 1))
      .slice(0, Math.ceil(looked.length * focusShare));
    return Object.assign(new EffortFocus(), {
      ranked,
      ambassadors: looked.length,
      superpromoters: looked.length - candidates.length,
      isComplete: standings.length <= ambassadorsMax,
    });
  }

  /** A page of them, the nearest first. A cursor tells how near somebody was, so that it holds while values change. */
  page({ ranked }: EffortFocus, args: PageArgs): Page<FocusCandidate> {
    const { after, before, last } = args;
    const within = ranked.filter(
      (each) => (!after || fartherThan(after, each) > 0) && (!before || fartherThan(before, each) < 0),
    );
    return pageOf(typeof last === 'number' ? [...within].reverse() : within, args, {
      cursorOf: ({ closeness, ambassadorId }) => encodeCursor([closeness, ambassadorId]),
      countAll: async () => ranked.length,
    });
  }
}

/** Above 0 for who comes after the cursor, below 0 for who comes before it. */
function fartherThan(cursor: string, { closeness, ambassadorId }: FocusCandidate): number {
  const [at, id] = decodeCursor(cursor, 2);
  if (Number(at) !== closeness) return Number(at) - closeness;
  return ambassadorId === id ? 0 : ambassadorId > String(id) ? 1 : -1;
}

function candidateOf({
  ambassadorId,
  standing,
}: {
  readonly ambassadorId: string;
  readonly standing: Superpromoter;
}): FocusCandidate {
  const { gates } = standing;
  const nearness = gates.map(({ value, threshold, passed }) => (passed ? 1 : value === null ? 0 : value / threshold));
  const lacks = gates
    .filter(({ passed }) => !passed)
    .map(({ gate, value, threshold }) => {
      const missing = (Math.round(threshold * 100) - Math.round((value ?? 0) * 100)) / 100;
      return { gate, value, threshold, missing };
    });
  const closeness = nearness.reduce((sum, each) => sum + each, 0) / gates.length;
  return Object.assign(new FocusCandidate(), { ambassadorId, closeness, lacks });
}
