import sql, { join } from 'sql-template-tag';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { Audiences } from '../audience/audiences.js';
import type { RequestContext } from '../identity/session.js';
import type { Database, Transaction } from '../platform/database/database.js';
import { rowId } from '../platform/graphql/node.js';
import { InputInvalid, NotFound, Problem } from '../platform/graphql/problem.js';
import type { Ledger } from '../points/ledger.js';
import { Challenge } from './challenge.entity.js';
import { isSettled } from './ideas/idea.entity.js';
import { ideaStatus } from './ideas/idea.service.js';
import type { SubmissionDecisions } from './submission.decisions.js';
import { Submission, SubmissionVote } from './submission.entity.js';
import type { VoteCastInput, VoteWithdrawInput } from './submission.inputs.js';
import { submissionById, voteOf } from './submission.loaders.js';
import { VoteCounted, VoteRefused, VoteWithdrawn } from './submission.results.js';

/** Who votes, and for what; held until the transaction ends. */
interface Ballot {
  readonly ambassadorId: string;
  readonly challenge: Challenge;
  readonly submission: Submission;
}

type Refusal = VoteRefused | InputInvalid | NotFound;

/**
 * Votes of ambassadors for each other's submissions: one each, and the count is how many voted. Until the challenge
 * closes they can be changed and taken back; then the count stands. Where peers verify, the vote that makes enough
 * approves the submission, once.
 */
export class VoteService {
  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
    private readonly decisions: SubmissionDecisions,
    private readonly audiences: Audiences,
  ) {}

  /** Counts the calling ambassador's vote, once; perhaps instead of one that it cast before. */
  async cast(context: RequestContext, { submissionId, insteadOf }: VoteCastInput): Promise<VoteCounted | Refusal> {
    const formerId = insteadOf ? rowId(Submission, insteadOf) : undefined;
    if (insteadOf && !formerId) return new NotFound();
    const result = await this.change(context, submissionId, formerId, async (tx, ballot, former) => {
      const refusal = former && (await this.takeBack(tx, former));
      return refusal ?? this.castIn(tx, ballot);
    });
    return result instanceof Problem ? result : new VoteCounted(result);
  }

  /** Takes the calling ambassador's vote back. */
  async withdraw(context: RequestContext, { submissionId }: VoteWithdrawInput): Promise<VoteWithdrawn | Refusal> {
    const result = await this.change(context, submissionId, undefined, (tx, ballot) => this.takeBack(tx, ballot));
    return result instanceof Problem ? result : new VoteWithdrawn(result);
  }

  /** Changes votes while all that they are about is held, and answers with the submission as it is then. */
  private async change(
    context: RequestContext,
    submissionId: string,
    formerId: string | undefined,
    work: (tx: Transaction, ballot: Ballot, former: Ballot | undefined) => Promise<VoteRefused | undefined>,
  ): Promise<Submission | Refusal> {
    const ambassadorId = context.session.requireAmbassador('vote.cast');
    const id = rowId(Submission, submissionId);
    if (!id) return new NotFound();
    const result = await this.database.transact(async (tx) => {
      const held = await this.hold(tx, context, ambassadorId, formerId && formerId !== id ? [id, formerId] : [id]);
      const ballot = held.find(({ submission }) => submission.id === id);
      const former = held.find(({ submission }) => submission.id === formerId);
      if (!ballot || (formerId && !former)) return new NotFound();
      if (former && former.challenge.id !== ballot.challenge.id) {
        return InputInvalid.at(['insteadOf'], 'must be a submission to the same challenge');
      }
      const refusal = await work(tx, ballot, former === ballot ? undefined : former);
      return refusal ?? requireSubmission(tx, id);
    });
    submissionById.clear(context);
    voteOf.clear(context);
    return result;
  }

  /**
   * Holds what votes are about, in the order that everybody keeps: balances, challenge, submissions. Voters queue at the
   * submission, so that the count and the votes it counts are never seen apart; each at its own balance, for how often it
   * may vote; and at the submitter's where a vote may pay.
   */
  private async hold(
    tx: Transaction,
    { session }: RequestContext,
    ambassadorId: string,
    ids: readonly string[],
  ): Promise<Ballot[]> {
    const named = sql`WHERE id IN (${join([...ids].sort())}) AND program_id = ${session.program.id} ORDER BY id`;
    const seen = await tx.select(Submission, named);
    const challengeIds = [...new Set(seen.map(({ challengeId }) => challengeId))].sort();
    if (challengeIds.length === 0) return [];
    const ofThese = sql`WHERE id IN (${join(challengeIds)}) ORDER BY id`;
    const byPeers = (await tx.select(Challenge, ofThese)).filter(({ verification }) => verification === 'PEERS');
    const paid = seen.filter(({ challengeId }) => byPeers.some(({ id }) => id === challengeId));
    const owners = new Set([ambassadorId, ...paid.map((submission) => submission.ambassadorId)]);
    for (const owner of [...owners].sort()) await this.ledger.lockBalance(tx, owner);
    const challenges = await tx.select(Challenge, sql`${ofThese} ${tx.forShare}`);
    const submissions = await tx.select(Submission, sql`${named} ${tx.forUpdate}`);
    return submissions.flatMap((submission) => {
      const challenge = challenges.find(({ id }) => id === submission.challengeId);
      return challenge ? [{ ambassadorId, challenge, submission }] : [];
    });
  }

  private async castIn(tx: Transaction, ballot: Ballot): Promise<VoteRefused | undefined> {
    const { ambassadorId, challenge, submission } = ballot;
    const { id } = submission;
    if (submission.ambassadorId === ambassadorId) return new VoteRefused('OWN_SUBMISSION');
    if (!challenge.votable) return new VoteRefused('NOT_VOTABLE');
    if (submission.status === 'REJECTED') return new VoteRefused('SUBMISSION_REJECTED');
    if (!submission.isShown()) return new VoteRefused('NOT_SHOWN');
    if (await hasVoted(tx, ballot)) return undefined;
    if (!challenge.isOpenAt(tx.now)) return new VoteRefused('CHALLENGE_CLOSED');
    if (await isIdeaSettled(tx, submission)) return new VoteRefused('IDEA_SETTLED');
    if (!(await this.mayVote(tx, ballot))) return new VoteRefused('NOT_ELIGIBLE');
    if (await isUsedUp(tx, ballot)) return new VoteRefused('VOTES_USED_UP');
    await tx.insert(SubmissionVote, { submissionId: id, ambassadorId, castAt: tx.now });
    await tx.execute(sql`UPDATE submission SET votes = votes + 1 WHERE id = ${id}`);
    if (submission.peersNeeded !== null && submission.votes + 1 >= submission.peersNeeded) {
      await this.decisions.approveIn(tx, submission, challenge, 'peers');
    }
    return undefined;
  }

  /** Whether the challenge lets this ambassador vote. */
  private async mayVote(tx: Transaction, { ambassadorId, challenge }: Ballot): Promise<boolean> {
    const { programId, voters } = challenge;
    if (voters === null) return true;
    const ambassador = await tx.first(Ambassador, sql`WHERE id = ${ambassadorId}`);
    const [holds] = await this.audiences.whichHold(tx, programId, ambassador?.contactId ?? null, [voters]);
    return holds === true;
  }

  /** Takes a vote back if it was cast. What peers have approved keeps the votes that approved it. */
  private async takeBack(tx: Transaction, ballot: Ballot): Promise<VoteRefused | undefined> {
    const { ambassadorId, challenge, submission } = ballot;
    if (!(await hasVoted(tx, ballot))) return undefined;
    if (!challenge.isOpenAt(tx.now)) return new VoteRefused('CHALLENGE_CLOSED');
    if (await isIdeaSettled(tx, submission)) return new VoteRefused('IDEA_SETTLED');
    if (submission.decidedBy === 'peers') return new VoteRefused('SUBMISSION_DECIDED');
    await tx.execute(sql`
      DELETE FROM submission_vote WHERE submission_id = ${submission.id} AND ambassador_id = ${ambassadorId}`);
    await tx.execute(sql`UPDATE submission SET votes = votes - 1 WHERE id = ${submission.id}`);
    return undefined;
  }
}

async function hasVoted(tx: Transaction, { submission, ambassadorId }: Ballot): Promise<boolean> {
  const vote = await tx.first(
    SubmissionVote,
    sql`WHERE submission_id = ${submission.id} AND ambassador_id = ${ambassadorId}`,
  );
  return vote !== undefined;
}

async function isIdeaSettled(tx: Transaction, { id, kind }: Submission): Promise<boolean> {
  return kind === 'IDEA' && isSettled(await ideaStatus(tx, id));
}

/** Whether the voter has voted as often as the challenge allows. The caller holds the voter's balance. */
async function isUsedUp(tx: Transaction, { challenge, ambassadorId }: Ballot): Promise<boolean> {
  if (challenge.votesPerVoter === null) return false;
  const votes = await tx.count(
    SubmissionVote,
    sql`WHERE ambassador_id = ${ambassadorId}
      AND submission_id IN (SELECT id FROM submission WHERE challenge_id = ${challenge.id} AND status <> 'REJECTED')`,
  );
  return votes >= challenge.votesPerVoter;
}

async function requireSubmission(tx: Transaction, id: string): Promise<Submission> {
  const submission = await tx.first(Submission, sql`WHERE id = ${id}`);
  if (!submission) throw new Error('A submission that was voted for is gone');
  return submission;
}
