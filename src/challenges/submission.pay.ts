import sql from 'sql-template-tag';
import type { Transaction } from '../platform/database/database.js';
import { BonusWindow } from './bonus.entity.js';
import type { ChallengeBudget } from './challenge.budget.js';
import type { ChallengeDraws } from './challenge.draw.js';
import type { Challenge } from './challenge.entity.js';
import type { Submission } from './submission.entity.js';

const reasonLengthMax = 255;

export interface Pay {
  readonly amountPoints: number;
  /** For the line on the account. */
  readonly reason: string;
}

/** What an approved submission pays: what was promised when it came in, and what is drawn now. */
export class SubmissionPay {
  constructor(
    private readonly draws: ChallengeDraws,
    private readonly budget: ChallengeBudget,
  ) {}

  /** Draws where something is to be drawn, keeps it with the submission, and frees what was set aside for more. */
  async settle(tx: Transaction, submission: Submission, challenge: Challenge): Promise<Pay> {
    const drawnPoints = await this.draws.drawFor(tx, submission);
    const amountPoints = submission.rewardPoints + (drawnPoints ?? 0);
    if (drawnPoints !== null) {
      await tx.execute(sql`
        UPDATE submission SET drawn_points = ${drawnPoints}, reserved_points = ${amountPoints} WHERE id = ${submission.id}`);
      await this.budget.free(tx, challenge.id, (submission.reservedPoints ?? amountPoints) - amountPoints);
    }
    return { amountPoints, reason: await this.reasonOf(tx, submission, challenge, drawnPoints) };
  }

  private async reasonOf(
    tx: Transaction,
    { stage, bonusId, rewardPoints }: Submission,
    challenge: Challenge,
    drawnPoints: number | null,
  ): Promise<string> {
    const bonus = bonusId ? await tx.first(BonusWindow, sql`WHERE id = ${bonusId}`) : undefined;
    const additions = [
      ...(stage ? [challenge.stages?.[stage - 1]?.title ?? `${stage}`] : []),
      ...(bonus ? [`${bonus.name} ${bonus.factor}`] : []),
      ...(drawnPoints ? [`${rewardPoints} + ${drawnPoints}`] : []),
    ];
    const after = additions.map((addition) => ` · ${addition}`).join('');
    return `${challenge.title.slice(0, Math.max(0, reasonLengthMax - after.length))}${after}`.slice(0, reasonLengthMax);
  }
}
