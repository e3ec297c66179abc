import type { IncomingHttpHeaders } from 'node:http';
import { type Caller, Session, unauthenticated } from '../identity/session.js';
import type { Database } from '../platform/database/database.js';
import { localeOf } from '../platform/graphql/messages.js';
import type { Logger } from '../platform/log.js';
import type { Program } from '../programs/program.entity.js';
import type { Features } from './features.js';
import type { ObservedContext } from './operation-facts.js';

const nobody: Caller = { role: 'ANONYMOUS', subject: '', ambassadorId: null };

/** Names the program for callers whose token does not: its slug. */
const programHeader = 'x-applaus-program';

interface RequestParts {
  readonly headers: IncomingHttpHeaders;
  readonly requestId: string;
  readonly address?: string;
}

/** Finds out who calls: by bearer token or by API key; nobody in particular without either. */
export class Callers {
  constructor(
    private readonly features: Pick<Features, 'tokens' | 'programs' | 'ambassadors' | 'apiKeys'>,
    private readonly database: Database,
    private readonly log: Logger,
  ) {}

  /** The context of one request, or of one event of a subscription, by a caller who is known. */
  contextFor(session: Session, { headers, requestId, address }: RequestParts): ObservedContext {
    return {
      requestId,
      locale: localeOf(headers['accept-language']),
      database: this.database,
      log: this.log.child({ requestId }),
      session,
      ...(address !== undefined && { callerAddress: address }),
      facts: { role: session.role, codes: [] },
    };
  }

  /** @throws UNAUTHENTICATED for a token or key that does not hold */
  async sessionOf(headers: IncomingHttpHeaders): Promise<Session> {
    const [scheme, token] = (headers.authorization ?? '').split(' ');
    if (!headers.authorization) return this.anonymous(headers[programHeader]);
    if (scheme?.toLowerCase() !== 'bearer' || !token) throw unauthenticated();
    return token.startsWith('apk_') ? this.integration(token) : this.person(token);
  }

  private async anonymous(slug: string | string[] | undefined): Promise<Session> {
    const { programs } = this.features;
    return new Session(typeof slug === 'string' ? await programs.findBySlug(slug) : await programs.findOnly(), nobody);
  }

  private async integration(key: string): Promise<Session> {
    const apiKey = await this.features.apiKeys.verify(key);
    const program = apiKey && (await this.features.programs.findById(apiKey.programId));
    if (!program) throw unauthenticated();
    return new Session(program, { role: 'INTEGRATION', subject: apiKey.id, ambassadorId: null });
  }

  private async person(token: string): Promise<Session> {
    const claims = await this.features.tokens.verify(token);
    const program = claims && (await this.features.programs.findBySlug(claims.program));
    if (!program) throw unauthenticated();
    const { role, sub } = claims;
    return new Session(program, { role, subject: sub, ambassadorId: await this.ambassadorOf(program, role, sub) });
  }

  private async ambassadorOf(program: Program, role: string, externalId: string): Promise<string | null> {
    if (role !== 'AMBASSADOR') return null;
    return (await this.features.ambassadors.findByExternalId(program.id, externalId))?.id ?? null;
  }
}
