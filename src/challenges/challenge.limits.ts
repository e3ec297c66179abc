import sql from 'sql-template-tag';
import type { Transaction } from '../platform/database/database.js';
import type { Challenge } from './challenge.entity.js';
import { ChallengeLimitReached } from './challenge.refusals.js';
import type { ChallengeRulesInput } from './challenge.rules.inputs.js';
import { endOf, firstDayOf } from './challenge.window.js';
import { Submission } from './submission.entity.js';

const hourMilliseconds = 3_600_000;

type Limits = Pick<Challenge, 'limitWindow' | 'maxPerWindow' | 'maxInAll' | 'budgetPoints' | 'cooldownHours'>;

const unlimited: Limits = {
  limitWindow: null,
  maxPerWindow: null,
  maxInAll: null,
  budgetPoints: null,
  cooldownHours: null,
};

/** The limits that an input gives; what it leaves out is as it was. */
export function limitsOf(input: ChallengeRulesInput, known: Limits = unlimited): Limits {
  const { windowLimit, maxInAll, budgetPoints, cooldownHours } = input;
  return {
    limitWindow: windowLimit === undefined ? known.limitWindow : (windowLimit?.window ?? null),
    maxPerWindow: windowLimit === undefined ? known.maxPerWindow : (windowLimit?.times ?? null),
    maxInAll: maxInAll === undefined ? known.maxInAll : maxInAll,
    budgetPoints: budgetPoints === undefined ? known.budgetPoints : budgetPoints,
    cooldownHours: cooldownHours === undefined ? known.cooldownHours : cooldownHours,
  };
}

/** Whether a challenge has these limits already. */
export function isSameLimits(known: Challenge, limits: Limits & Pick<Challenge, 'maxPerAmbassador'>): boolean {
  return Object.entries(limits).every(([name, value]) => Reflect.get(known, name) === value);
}

/** Until when a submission of now keeps its ambassador from the next one; null where there is no cooldown. */
export function cooldownFrom({ cooldownHours }: Challenge, now: Date): Date | null {
  return cooldownHours === null ? null : new Date(now.getTime() + cooldownHours * hourMilliseconds);
}

/**
 * The limit that keeps an ambassador from one more submission: in all, in this window, or for now. What was rejected
 * does not count. The caller holds the ambassador's balance, so that nothing is added meanwhile.
 */
export async function limitReached(
  tx: Transaction,
  challenge: Challenge,
  ambassadorId: string,
  timeZone: string,
): Promise<ChallengeLimitReached | undefined> {
  const { maxPerAmbassador, limitWindow, maxPerWindow } = challenge;
  const own = sql`WHERE challenge_id = ${challenge.id} AND ambassador_id = ${ambassadorId} AND status <> 'REJECTED'`;
  if (maxPerAmbassador !== null && (await tx.count(Submission, own)) >= maxPerAmbassador) {
    return new ChallengeLimitReached('PER_AMBASSADOR');
  }
  if (limitWindow && maxPerWindow !== null) {
    const from = firstDayOf(limitWindow, tx.now, timeZone);
    const times = await tx.count(Submission, sql`${own} AND submitted_on >= ${from}`);
    if (times >= maxPerWindow) {
      return new ChallengeLimitReached('PER_WINDOW', beforeEnd(challenge, endOf(limitWindow, tx.now, timeZone)));
    }
  }
  if (challenge.cooldownHours === null) return undefined;
  const last = await tx.first(
    Submission,
    sql`${own} AND cooldown_until > ${tx.now} ORDER BY cooldown_until DESC LIMIT 1`,
  );
  return last ? new ChallengeLimitReached('COOLDOWN', beforeEnd(challenge, last.cooldownUntil)) : undefined;
}

/** A moment at which the challenge is still open. */
function beforeEnd({ endsAt }: Challenge, moment: Date | null): Date | null {
  return moment && endsAt && endsAt <= moment ? null : moment;
}
