import { expect } from '@jest/globals';
import { proofs } from '../support/challenges.js';
import type { Answer } from '../support/client.js';
import { days, type History, type Step, type Take } from './history.js';
import { socialSteps } from './steps.social.js';

const balance = 'balance { available pending lifetime }';
const refunds = ['sent back', 'never came'];

/** The thing at that place, as many as there are; undefined of none. */
function pick<T>(all: readonly T[], place: number): T | undefined {
  return all[place % Math.max(1, all.length)];
}

function who({ ambassadors }: History, { who: place }: Step): number {
  return place % ambassadors.length;
}

export const steps: Readonly<Record<string, Take>> = {
  ...socialSteps,

  async ambassadorEnroll(history) {
    if (history.ambassadors.length < 4) await history.enroll();
  },

  async pointsAdjust(history, step) {
    const to = who(history, step);
    const amount = step.amount % 2 === 0 ? step.amount + 1 : -step.amount;
    const model = history.model.of(to);
    const input = { ambassadorId: history.ambassador(to).id, amountPoints: amount, reason: 'By hand' };
    const selection = `PointsAdjusted { entry { id } ${balance} }`;
    const idempotencyKey = history.key();
    const result = await history.program.admin.mutate('pointsAdjust', { ...input, idempotencyKey }, selection);
    if (amount < 0 && model.available < -amount) {
      expect(result.code).toBe('BALANCE_INSUFFICIENT');
      return;
    }
    model.available += amount;
    if (amount > 0) {
      model.lifetime += amount;
      history.model.gifts.push({ entryId: result.entry.id, to, amount, reversed: 0 });
    }
    history.expectBalance(to, result.balance);
    // Every request is sent again some day.
    const again = await history.program.admin.mutate('pointsAdjust', { ...input, idempotencyKey }, selection);
    expect(again.entry.id).toBe(result.entry.id);
  },

  async pointsReverse(history, step) {
    const gift = pick(history.model.gifts, step.what);
    if (!gift) return;
    const part = step.amount % 3 === 0 ? 1 + (step.amount % gift.amount) : null;
    const result = await history.program.admin.mutate(
      'pointsReverse',
      { entryId: gift.entryId, amountPoints: part, reason: 'A mistake', idempotencyKey: history.key() },
      `PointsReversed { ${balance} }`,
    );
    const left = gift.amount - gift.reversed;
    if (left === 0 || (part ?? 0) > left) {
      expect(['ALREADY_REVERSED', 'INPUT_INVALID']).toContain(result.code);
      return;
    }
    gift.reversed += part ?? left;
    history.model.takeBack(gift.to, part ?? left, '');
    history.expectBalance(gift.to, result.balance);
  },

  async challengeCreate(history, { what, amount }) {
    const isAutomatic = what % 2 === 0;
    const [points, pendingDays, maxPerAmbassador] = [amount % 200, what % 3 === 0 ? 7 : 0, 1 + (what % 3)];
    const verification = isAutomatic ? 'AUTOMATIC' : 'MANUAL';
    const result = await history.program.admin.mutate(
      'challengeCreate',
      { kind: 'IDEA', title: 'A', rewardPoints: points, verification, maxPerAmbassador, pendingDays, votable: true },
      'ChallengeCreated { challenge { id } }',
    );
    const { id } = result.challenge;
    history.model.challenges.push({ id, points, isAutomatic, pendingDays, maxPerAmbassador });
  },

  async challengeSubmit(history, step) {
    const challenge = pick(history.model.challenges, step.what);
    if (!challenge) return;
    const by = who(history, step);
    const result = await history
      .ambassador(by)
      .client.mutate(
        'challengeSubmit',
        { challengeId: challenge.id, proof: proofs.answer, idempotencyKey: history.key() },
        `ChallengeSubmitted { submission { id status } ${balance} }`,
      );
    if (history.model.submissionsOf(by, challenge).length >= challenge.maxPerAmbassador) {
      expect(result.code).toBe('CHALLENGE_LIMIT_REACHED');
      return;
    }
    const status = challenge.isAutomatic ? 'APPROVED' : 'PENDING';
    expect(result.submission?.status).toBe(status);
    const { id } = result.submission;
    history.model.submissions.push({ id, challenge, by, status, voters: new Set() });
    if (challenge.isAutomatic) history.model.earn(by, challenge.points, challenge.pendingDays, id);
    history.expectBalance(by, result.balance);
  },

  async submissionApprove(history, step) {
    const submission = pick(history.model.submissions, step.what);
    if (!submission) return;
    const selection = 'SubmissionApproved { submission { status } }';
    const input = { submissionId: submission.id };
    const result = await history.program.moderator.mutate('submissionApprove', input, selection);
    if (submission.status !== 'PENDING') {
      expect(result.code).toBe('SUBMISSION_NOT_PENDING');
      return;
    }
    expect(result.submission?.status).toBe('APPROVED');
    submission.status = 'APPROVED';
    const { by, challenge } = submission;
    history.model.earn(by, challenge.points, challenge.pendingDays, submission.id);
  },

  async submissionReject(history, step) {
    const submission = pick(history.model.submissions, step.what);
    if (!submission) return;
    const input = { submissionId: submission.id, reason: 'Not this time' };
    const selection = 'SubmissionRejected { submission { status } }';
    const result = await history.program.moderator.mutate('submissionReject', input, selection);
    if (submission.status !== 'PENDING') {
      expect(result.code).toBe('SUBMISSION_NOT_PENDING');
      return;
    }
    expect(result.submission?.status).toBe('REJECTED');
    submission.status = 'REJECTED';
  },

  async voteCast(history, step) {
    const submission = pick(history.model.submissions, step.what);
    if (!submission) return;
    const by = who(history, step);
    const input = { submissionId: submission.id };
    const result = await history
      .ambassador(by)
      .client.mutate('voteCast', input, 'VoteCounted { submission { votes } }');
    if (submission.by === by || submission.status === 'REJECTED') {
      expect(result.code).toBe('VOTE_REFUSED');
      return;
    }
    submission.voters.add(by);
    expect(result.submission?.votes).toBe(submission.voters.size);
  },

  async rewardCreate(history, { what, amount }) {
    const [cost, stock] = [1 + (amount % 150), what % 4 === 0 ? null : what % 4];
    const selection = 'RewardCreated { reward { id } }';
    const result = await history.program.admin.mutate(
      'rewardCreate',
      { name: 'Mug', costPoints: cost, stock },
      selection,
    );
    history.model.rewards.push({ id: result.reward.id, cost, stock });
  },

  async rewardRestock(history, step) {
    const reward = pick(history.model.rewards, step.what);
    if (!reward) return;
    const quantity = 1 + (step.amount % 3);
    const input = { rewardId: reward.id, quantity, idempotencyKey: history.key() };
    const result = await history.program.admin.mutate('rewardRestock', input, 'RewardRestocked { reward { stock } }');
    if (reward.stock === null) {
      expect(result.code).toBe('INPUT_INVALID');
      return;
    }
    reward.stock += quantity;
    expect(result.reward.stock).toBe(reward.stock);
  },

  async rewardRedeem(history, step) {
    const reward = pick(history.model.rewards, step.what);
    if (!reward) return;
    const by = who(history, step);
    const model = history.model.of(by);
    const input = { rewardId: reward.id, idempotencyKey: history.key() };
    const selection = `RewardRedeemed { redemption { id status } ${balance} }`;
    const result = await history.ambassador(by).client.mutate('rewardRedeem', input, selection);
    if (model.available < reward.cost) {
      expect(result.code).toBe('BALANCE_INSUFFICIENT');
    } else if (reward.stock === 0) {
      expect(result.code).toBe('REWARD_OUT_OF_STOCK');
    } else {
      if (reward.stock !== null) reward.stock -= 1;
      model.available -= reward.cost;
      history.model.redemptions.push({ id: result.redemption.id, reward, by, status: 'REQUESTED' });
      history.expectBalance(by, result.balance);
    }
  },

  redemptionFulfill: settle('redemptionFulfill', 'RedemptionFulfilled', 'FULFILLED'),
  redemptionCancel: settle('redemptionCancel', 'RedemptionCancelled', 'CANCELLED'),

  async referralRegister(history, step) {
    const referrer = who(history, step);
    const friend = `${history.key()}@example.com`;
    const result = await history.program.moderator.mutate(
      'referralRegister',
      { code: history.codes[referrer], friend: { email: friend } },
      'ReferralRegistered { referral { status } } ... on ReferralRefused { reason }',
    );
    // A referrer may bring 10 friends a day, and 50 a month; what else is refused, is not.
    if (result.reason === 'LIMIT_REACHED' || result.reason === 'SUSPECTED_FRAUD') return;
    expect(result.referral?.status).toBe('REGISTERED');
    history.model.referrals.push({ friend, referrer, orderId: null, status: 'REGISTERED', points: 100 });
  },

  async referralConvert(history, step) {
    const referral = pick(history.model.referrals, step.what);
    if (!referral) return;
    const isRepeat = referral.orderId !== null && step.amount % 2 === 0;
    const orderId = isRepeat ? (referral.orderId ?? '') : history.key();
    const result = await history.program.admin.mutate(
      'referralConvert',
      { friend: { email: referral.friend }, orderId },
      'ReferralConverted { referral { status } } ... on ReferralRefused { reason }',
    );
    if (isRepeat) expect(result.referral?.status).toBe(referral.status);
    else if (referral.status !== 'REGISTERED') expect(result.code).toBe('REFERRAL_REFUSED');
    else if (result.reason !== 'EXPIRED') {
      expect(result.referral?.status).toBe('HELD');
      Object.assign(referral, { status: 'HELD', orderId });
      history.model.earn(referral.referrer, referral.points, 14, referral.friend);
    }
  },

  async referralReverse(history, step) {
    const referral = pick(
      history.model.referrals.filter(({ orderId }) => orderId !== null),
      step.what,
    );
    if (!referral) return;
    const reason = refunds[step.amount % 2];
    const selection = 'ReferralReversed { referral { status } }';
    const result = await history.program.admin.mutate(
      'referralReverse',
      { orderId: referral.orderId, reason },
      selection,
    );
    if (referral.status === 'REVERSED') {
      expect(result.code).toBe('ALREADY_REVERSED');
      return;
    }
    expect(result.referral?.status).toBe('REVERSED');
    history.model.takeBack(referral.referrer, referral.points, referral.friend);
    referral.status = 'REVERSED';
  },

  async badgeCreate(history, { amount, what }) {
    const rule =
      what % 2 === 0 ? { lifetimePoints: 1 + amount } : { approvedSubmissions: { atLeast: 1 + (amount % 3) } };
    const input = { code: history.key(), name: 'B', description: '', rule };
    const result = await history.program.admin.mutate('badgeCreate', input, 'BadgeCreated { badge { id } }');
    expect(result.badge?.id).toBeDefined();
  },

  async leaderboardCreate(history, { what }) {
    const window = ['ALL_TIME', 'DAY', 'MONTH'][what % 3];
    const input = { key: history.key(), name: 'Board', window };
    const selection = 'LeaderboardCreated { leaderboard { id } }';
    const result = await history.program.admin.mutate('leaderboardCreate', input, selection);
    expect(result.code ?? result.leaderboard.id).toBeDefined();
  },

  async npsResponseRecord(history, { what, amount }) {
    const contact = { externalId: `respondent-${what % 5}`, attributes: { market: ['NL', 'BE'][amount % 2] } };
    const input = { contact, score: amount % 11 };
    const selection = 'NpsResponseRecorded { response { score } }';
    const result: Answer = await history.program.admin.mutate('npsResponseRecord', input, selection);
    // Another score at the very same moment is a contradiction.
    expect(result.response?.score ?? result.code).toBe(result.response ? amount % 11 : 'INPUT_INVALID');
  },

  async timePasses(history, { amount }) {
    await history.pass(amount % 3 === 0 ? days(1 + (amount % 20)) : 1_000 * (1 + amount));
  },
};

function settle(mutation: string, success: string, status: 'FULFILLED' | 'CANCELLED'): Take {
  return async (history, step) => {
    const redemption = pick(history.model.redemptions, step.what);
    if (!redemption) return;
    const reason = status === 'CANCELLED' ? { reason: 'Lost on the way' } : {};
    const result = await history.program.moderator.mutate(
      mutation,
      { redemptionId: redemption.id, ...reason },
      `${success} { redemption { status } }`,
    );
    if (redemption.status !== 'REQUESTED' && redemption.status !== status) {
      expect(result.code).toBe('REDEMPTION_SETTLED');
      return;
    }
    expect(result.redemption?.status).toBe(status);
    if (redemption.status === 'REQUESTED' && status === 'CANCELLED') {
      history.model.of(redemption.by).available += redemption.reward.cost;
      if (redemption.reward.stock !== null) redemption.reward.stock += 1;
    }
    redemption.status = status;
  };
}
