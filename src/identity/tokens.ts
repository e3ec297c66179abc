import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Clock } from '../platform/clock.js';
import type { Config } from '../platform/config.js';

/** Roles that a bearer token may carry. Integrations prove themselves by an API key, respondents by a survey link. */
export const tokenRoles = ['AMBASSADOR', 'ANALYST', 'MODERATOR', 'ADMIN', 'INTEGRATION'] as const;
export type TokenRole = (typeof tokenRoles)[number];

const claims = z.object({
  sub: z.string().min(1).max(200),
  role: z.enum(tokenRoles),
  program: z.string().min(1).max(64),
});
export type TokenClaims = z.output<typeof claims>;

/** Makes and checks bearer tokens: against a shared secret (HS256) or the keys of an OIDC provider. */
export class Tokens {
  private readonly secret: Uint8Array | undefined;
  private readonly keys: JWTVerifyGetKey | undefined;

  constructor(
    private readonly config: Pick<
      Config,
      'APPLAUS_JWT_SECRET' | 'APPLAUS_JWKS_URL' | 'APPLAUS_JWT_ISSUER' | 'APPLAUS_JWT_AUDIENCE'
    >,
    private readonly clock: Clock,
  ) {
    this.secret = config.APPLAUS_JWT_SECRET ? new TextEncoder().encode(config.APPLAUS_JWT_SECRET) : undefined;
    this.keys = config.APPLAUS_JWKS_URL ? createRemoteJWKSet(new URL(config.APPLAUS_JWKS_URL)) : undefined;
  }

  /** @throws when there is no shared secret to sign with */
  async sign(token: TokenClaims, lifetimeSeconds: number): Promise<string> {
    if (!this.secret) throw new Error('A token can only be made with APPLAUS_JWT_SECRET.');
    const now = Math.floor(this.clock.now().getTime() / 1_000);
    return new SignJWT({ role: token.role, program: token.program })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(token.sub)
      .setIssuer(this.config.APPLAUS_JWT_ISSUER)
      .setAudience(this.config.APPLAUS_JWT_AUDIENCE)
      .setIssuedAt(now)
      .setExpirationTime(now + lifetimeSeconds)
      .sign(this.secret);
  }

  /** What a token says; undefined when it is forged, expired, for another audience, or no token of ours. */
  async verify(token: string): Promise<TokenClaims | undefined> {
    const options = {
      issuer: this.config.APPLAUS_JWT_ISSUER,
      audience: this.config.APPLAUS_JWT_AUDIENCE,
      requiredClaims: ['exp'],
      currentDate: this.clock.now(),
    };
    try {
      const { payload } = this.keys
        ? await jwtVerify(token, this.keys, { ...options, algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'] })
        : await jwtVerify(token, this.requireSecret(), { ...options, algorithms: ['HS256'] });
      return claims.safeParse(payload).data;
    } catch (error) {
      if (!(error instanceof errors.JOSEError) || isOutage(error)) throw error;
      return undefined;
    }
  }

  private requireSecret(): Uint8Array {
    if (!this.secret) throw new Error('Neither APPLAUS_JWT_SECRET nor APPLAUS_JWKS_URL is set.');
    return this.secret;
  }
}

/** A key server that does not answer, or not with keys, says nothing about the token. */
function isOutage(error: errors.JOSEError): boolean {
  return (
    error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid || error.code === errors.JOSEError.code
  );
}
