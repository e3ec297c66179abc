import type { Role } from '../../identity/role.js';
import { type RequestContext, Session } from '../../identity/session.js';
import type { SettableClock } from '../../platform/clock.js';
import type { Database } from '../../platform/database/database.js';
import type { Events } from '../../platform/events/events.js';
import { Problem } from '../../platform/graphql/problem.js';
import type { Logger } from '../../platform/log.js';
import type { Program } from '../../programs/program.entity.js';
import type { Features } from '../features.js';
import type { Calendar } from './calendar.js';
import type { Dice } from './dice.js';
import type { DemoAmbassador, Person } from './people.js';

/** Where the demo plays: the features on a clock that goes through the year, and the callers who act on them. */
export class Stage {
  constructor(
    readonly features: Features,
    readonly clock: SettableClock,
    readonly program: Program,
    readonly database: Database,
    readonly events: Events,
    private readonly log: Logger,
  ) {}

  /** A member of the staff, or a server, for one call. */
  as(role: Exclude<Role, 'AMBASSADOR'>, subject: string): RequestContext {
    return this.context(new Session(this.program, { role, subject, ambassadorId: null }));
  }

  /** An ambassador, for one call. */
  asAmbassador(subject: string, ambassadorId: string): RequestContext {
    return this.context(new Session(this.program, { role: 'AMBASSADOR', subject, ambassadorId }));
  }

  private context(session: Session): RequestContext {
    return { requestId: 'demo', locale: 'en', database: this.database, log: this.log, session };
  }
}

/** All that a part of the year is planned with. */
export interface Plan {
  readonly stage: Stage;
  readonly calendar: Calendar;
  readonly dice: Dice;
  readonly people: readonly Person[];
  readonly ambassadors: readonly DemoAmbassador[];
  /** The ids of those who have joined by now, by their externalId. */
  readonly joined: Map<string, string>;
}

/** What a service answered, which in the demo is never a refusal. */
export function granted<Result>(result: Result): Exclude<Result, Problem> {
  if (!(result instanceof Problem)) return result as Exclude<Result, Problem>;
  throw new Error(`The demo met a ${result.constructor.name}: ${JSON.stringify(result)}`);
}
