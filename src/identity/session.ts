import { GraphQLError } from 'graphql';
import type { BaseContext } from '../platform/graphql/context.js';
import { type Action, reachOf } from './permissions.js';
import type { Role } from './role.js';

/** What the caller's program is to everything below: its key, and how it counts time. */
export interface ProgramScope {
  readonly id: string;
  readonly slug: string;
  /** IANA name; weeks, months and the like begin at midnight there. */
  readonly timeZone: string;
}

/** Something that may belong to an ambassador. */
export interface Owned {
  readonly ambassadorId: string | null;
}

export interface Caller {
  readonly role: Role;
  /** The token's `sub`, or the API key's id; empty for nobody in particular. */
  readonly subject: string;
  /** The calling ambassador, when the caller is one. */
  readonly ambassadorId: string | null;
}

/** Who calls, in which program, and what they may do there. */
export class Session implements Caller {
  readonly role: Role;
  readonly subject: string;
  readonly ambassadorId: string | null;

  /** @param scope the caller's program; none for somebody anonymous who names none */
  constructor(
    private readonly scope: ProgramScope | undefined,
    caller: Caller,
  ) {
    this.role = caller.role;
    this.subject = caller.subject;
    this.ambassadorId = caller.ambassadorId;
  }

  /** @throws UNAUTHENTICATED when nobody knows which program is meant */
  get program(): ProgramScope {
    if (!this.scope) throw unauthenticated();
    return this.scope;
  }

  /** Tells callers apart where they leave a name: idempotency keys, decisions. */
  get caller(): string {
    return `${this.role}:${this.subject}`;
  }

  /** Whether the caller may do this; to that object, where it belongs to an ambassador. */
  may(action: Action, object?: Owned): boolean {
    const reach = reachOf(this.role, action);
    if (reach === undefined || reach === 'program') return reach === 'program';
    return this.ambassadorId !== null && (object === undefined || object.ambassadorId === this.ambassadorId);
  }

  /** Refuses what the caller may not do: FORBIDDEN, or UNAUTHENTICATED when nobody is signed in. */
  require(action: Action, object?: Owned): void {
    if (this.may(action, object)) return;
    throw this.role === 'ANONYMOUS'
      ? unauthenticated()
      : new GraphQLError('error.forbidden', { extensions: { code: 'FORBIDDEN' } });
  }

  /** The calling ambassador, for what only an ambassador can do. */
  requireAmbassador(action: Action): string {
    this.require(action);
    if (this.ambassadorId === null) throw new GraphQLError('error.forbidden', { extensions: { code: 'FORBIDDEN' } });
    return this.ambassadorId;
  }
}

export function unauthenticated(): GraphQLError {
  return new GraphQLError('error.unauthenticated', { extensions: { code: 'UNAUTHENTICATED' } });
}

/** What every resolver and service gets: the caller, and the means to load. */
export interface RequestContext extends BaseContext {
  readonly session: Session;
}
