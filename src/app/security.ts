import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';

/** What browsers are told of every answer: it is no page, runs nothing, and is framed nowhere. A page says otherwise. */
const secure = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { 'default-src': ["'none'"], 'base-uri': ["'none'"], 'frame-ancestors': ["'none'"] },
  },
  xFrameOptions: { action: 'deny' },
  referrerPolicy: { policy: 'no-referrer' },
});

export function setSecurityHeaders(request: IncomingMessage, response: ServerResponse): void {
  secure(request, response, () => undefined);
}

const allowedHeaders = 'content-type, authorization, x-applaus-program, x-request-id, accept-language';
const exposedHeaders = 'x-request-id, retry-after';
const preflightSeconds = 7_200;

/**
 * Which pages may call the API from a browser. Credentials in the sense of CORS (cookies) are never allowed and never
 * used: a caller is known by the token that the page sends, so another origin can do nothing in a visitor's name.
 */
export class Cors {
  private readonly all: boolean;
  private readonly origins: ReadonlySet<string>;

  /** @param origins as in the setting; `*` among them allows every origin */
  constructor(origins: readonly string[]) {
    this.all = origins.includes('*');
    this.origins = new Set(origins);
  }

  /** Sets the headers for the caller's origin, and answers a preflight. Says whether that was all there is to answer. */
  answers({ method, headers }: IncomingMessage, response: ServerResponse): boolean {
    const { origin } = headers;
    if (!this.all) response.appendHeader('vary', 'origin');
    const allowed = origin !== undefined && (this.all || this.origins.has(origin));
    if (allowed) {
      response.setHeader('access-control-allow-origin', this.all ? '*' : origin);
      response.setHeader('access-control-expose-headers', exposedHeaders);
    }
    if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return false;
    if (allowed) {
      response.setHeader('access-control-allow-methods', 'GET, POST');
      response.setHeader('access-control-allow-headers', allowedHeaders);
      response.setHeader('access-control-max-age', preflightSeconds);
    }
    response.writeHead(204).end();
    return true;
  }
}
