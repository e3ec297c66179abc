import sql from 'sql-template-tag';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { Transaction } from '../platform/database/database.js';
import type { BonusService } from './bonus.service.js';
import type { ChallengeBudget } from './challenge.budget.js';
import type { ChallengeEligibility } from './challenge.eligibility.js';
import type { Challenge } from './challenge.entity.js';
import { cooldownFrom, limitReached } from './challenge.limits.js';
import { type ChallengeLimitReached, ChallengeNotEligible, MissingRequirement } from './challenge.refusals.js';
import type { ChallengeStage } from './challenge.stages.js';
import { dayOf } from './challenge.window.js';
import { Submission } from './submission.entity.js';

/** Who submits, and where the day begins for them. */
export interface Submitter {
  readonly ambassadorId: string;
  /** IANA name, the program's. */
  readonly timeZone: string;
}

/** What the rules of play say of a submission that they let in. */
export type Admission = Pick<
  Submission,
  'rewardPoints' | 'reservedPoints' | 'stage' | 'drawId' | 'drawnPoints' | 'bonusId' | 'submittedOn' | 'cooldownUntil'
>;

/** The rules of play: who may submit to a challenge now, how often, and what it will pay. */
export class ChallengeRules {
  constructor(
    private readonly budget: ChallengeBudget,
    private readonly eligibility: ChallengeEligibility,
    private readonly bonuses: BonusService,
  ) {}

  /**
   * Lets a submission to an open challenge in, or says why not. The caller holds the ambassador's balance and, for
   * sharing, the challenge.
   */
  async admit(
    tx: Transaction,
    challenge: Challenge,
    { ambassadorId, timeZone }: Submitter,
  ): Promise<Admission | ChallengeNotEligible | ChallengeLimitReached> {
    const missing = await this.missing(tx, challenge, ambassadorId);
    if (missing.length > 0) return new ChallengeNotEligible(missing);
    const reached = await limitReached(tx, challenge, ambassadorId, timeZone);
    if (reached) return reached;
    const stage = await this.stageOf(tx, challenge, ambassadorId);
    if (stage instanceof ChallengeNotEligible) return stage;
    const bonus = await this.bonuses.bonusOf(tx, challenge, tx.now);
    const basePoints = stage ? stage.rewardPoints : challenge.rewardPoints;
    const rewardPoints = Math.floor((basePoints * (bonus?.multiplierPercent ?? 100)) / 100);
    const reservedPoints = rewardPoints + (challenge.mostDrawnPoints ?? 0);
    const overrun = await this.budget.take(tx, challenge, reservedPoints);
    if (overrun) return overrun;
    return {
      rewardPoints,
      reservedPoints,
      stage: stage?.number ?? null,
      drawId: challenge.drawId,
      drawnPoints: null,
      bonusId: bonus?.id ?? null,
      submittedOn: dayOf(tx.now, timeZone),
      cooldownUntil: cooldownFrom(challenge, tx.now),
    };
  }

  /** The step that comes next; none of a challenge without steps. The step before has to be approved. */
  private async stageOf(
    tx: Transaction,
    { id, stages }: Challenge,
    ambassadorId: string,
  ): Promise<(ChallengeStage & { readonly number: number }) | ChallengeNotEligible | null> {
    if (!stages) return null;
    const own = await tx.select(
      Submission,
      sql`WHERE challenge_id = ${id} AND ambassador_id = ${ambassadorId} AND status <> 'REJECTED'`,
    );
    const stage = stages[own.length];
    if (!stage) throw new Error('An ambassador has done more steps than there are');
    const waiting = own.find(({ status }) => status !== 'APPROVED');
    if (!waiting) return { ...stage, number: own.length + 1 };
    const title = stages[(waiting.stage ?? 1) - 1]?.title ?? '';
    return new ChallengeNotEligible([
      new MissingRequirement('STAGE', { key: 'challenge.stage', parameters: { title } }),
    ]);
  }

  private async missing(
    tx: Transaction,
    challenge: Challenge,
    ambassadorId: string,
  ): Promise<readonly MissingRequirement[]> {
    const ambassador = await tx.first(Ambassador, sql`WHERE id = ${ambassadorId}`);
    if (!ambassador) throw new Error('An ambassador who submits is gone');
    const [missing = []] = await this.eligibility.missing(tx, ambassador, [challenge]);
    return missing;
  }
}
