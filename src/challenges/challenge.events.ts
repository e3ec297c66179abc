import type { ChallengeKind } from './challenge.entity.js';

declare module '../platform/events/events.js' {
  interface EventMap {
    'challenge.created': { readonly challengeId: string; readonly kind: ChallengeKind };
    'challenge.updated': { readonly challengeId: string; readonly changed: readonly string[] };
  }
}
