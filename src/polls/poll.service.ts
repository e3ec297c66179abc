import sql, { join } from 'sql-template-tag';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { Audiences } from '../audience/audiences.js';
import type { RequestContext } from '../identity/session.js';
import type { Clock } from '../platform/clock.js';
import type { Database, Reader, Transaction } from '../platform/database/database.js';
import { isUniqueViolation, RaceLost } from '../platform/database/errors.js';
import { newestFirst, paginate } from '../platform/database/paginate.js';
import type { Events } from '../platform/events/events.js';
import type { Page } from '../platform/graphql/connection.js';
import { rowId } from '../platform/graphql/node.js';
import { InputInvalid, NotFound, Problem } from '../platform/graphql/problem.js';
import { Poll, PollBallot, PollChoice, PollOption } from './poll.entity.js';
import type {
  PollCloseInput,
  PollCreateInput,
  PollsArgs,
  PollVoteInput,
  PollVoteWithdrawInput,
} from './poll.inputs.js';
import { choicesOf, pollById, votersOf, votesOf } from './poll.loaders.js';
import { PollVoteRefused } from './poll.results.js';

declare module '../platform/events/events.js' {
  interface EventMap {
    'poll.created': { readonly pollId: string };
    /** Somebody closed it before its time; what closes by itself is not told. */
    'poll.closed': { readonly pollId: string };
  }
}

type Refusal = PollVoteRefused | InputInvalid | NotFound;

/**
 * Polls: one ballot for each ambassador, which can be changed and taken back until the close. Votes are counted from
 * the ballots, so that the count is exact whatever happens at once; after the close nothing writes ballots any more.
 */
export class PollService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly clock: Clock,
    private readonly audiences: Audiences,
  ) {}

  async create(context: RequestContext, input: PollCreateInput): Promise<Poll | InputInvalid> {
    context.session.require('poll.manage');
    const programId = context.session.program.id;
    return this.database.transact(async (tx) => {
      const refused = input.audience && (await this.audiences.refusal(tx, programId, input.audience));
      if (refused) return InputInvalid.at(['audience'], refused);
      const poll = Object.assign(new Poll(), {
        id: tx.newId(),
        programId,
        question: input.question,
        description: input.description,
        choicesMax: input.choicesMax,
        resultsShown: input.resultsShown,
        closesAt: input.closesAt ?? null,
        audience: input.audience ?? null,
        createdAt: tx.now,
      });
      await tx.insert(Poll, poll);
      await tx.insert(
        PollOption,
        input.options.map((text, index) => ({ id: tx.newId(), pollId: poll.id, position: index + 1, text })),
      );
      await this.events.emit(tx, 'poll.created', programId, { pollId: poll.id });
      return poll;
    });
  }

  /** Closes a poll now; one that is closed stays as it is. Who votes at the same moment comes before or too late. */
  async close(context: RequestContext, { pollId }: PollCloseInput): Promise<Poll | NotFound> {
    context.session.require('poll.manage');
    const id = rowId(Poll, pollId);
    const result = await this.database.transact(async (tx) => {
      const poll = id && (await tx.first(Poll, sql`WHERE id = ${id} ${tx.forUpdate}`));
      if (!poll || poll.programId !== context.session.program.id) return new NotFound();
      if (!poll.isOpenAt(tx.now)) return poll;
      await tx.execute(sql`UPDATE poll SET closes_at = ${tx.now} WHERE id = ${poll.id}`);
      await this.events.emit(tx, 'poll.closed', poll.programId, { pollId: poll.id });
      return Object.assign(new Poll(), poll, { closesAt: tx.now });
    });
    pollById.clear(context);
    return result;
  }

  /** Counts what the calling ambassador chooses, in place of what it chose before. */
  async vote(context: RequestContext, { pollId, optionIds }: PollVoteInput): Promise<Poll | Refusal> {
    const chosen = [...new Set(optionIds.map((optionId) => rowId(PollOption, optionId) ?? ''))];
    return this.change(context, pollId, async (tx, poll, ambassadorId) => {
      if (chosen.length > poll.choicesMax) {
        return InputInvalid.at(['optionIds'], `must not hold more than ${poll.choicesMax}`);
      }
      const known = await tx.count(PollOption, sql`WHERE poll_id = ${poll.id} AND id IN (${join(chosen)})`);
      if (known < chosen.length) return InputInvalid.at(['optionIds'], 'must be options of the poll');
      if (!(await this.isMeantFor(tx, poll, ambassadorId))) return new PollVoteRefused('NOT_ELIGIBLE');
      await castBallot(tx, poll, ambassadorId);
      await tx.insert(
        PollChoice,
        chosen.map((optionId) => ({ pollId: poll.id, ambassadorId, optionId })),
      );
      return undefined;
    });
  }

  /** Takes the calling ambassador's vote back. */
  async withdraw(context: RequestContext, { pollId }: PollVoteWithdrawInput): Promise<Poll | Refusal> {
    return this.change(context, pollId, async (tx, poll, ambassadorId) => {
      await tx.execute(sql`DELETE FROM poll_ballot WHERE poll_id = ${poll.id} AND ambassador_id = ${ambassadorId}`);
      await tx.execute(sql`DELETE FROM poll_choice WHERE poll_id = ${poll.id} AND ambassador_id = ${ambassadorId}`);
      return undefined;
    });
  }

  async find(context: RequestContext, id: string): Promise<Poll | undefined> {
    if (!context.session.may('poll.read')) return undefined;
    const poll = await pollById.load(context, id);
    return poll?.programId === context.session.program.id ? poll : undefined;
  }

  /** The polls of the program, newest first. */
  async list(context: RequestContext, args: PollsArgs): Promise<Page<Poll>> {
    context.session.require('poll.read');
    const inProgram = sql`poll.program_id = ${context.session.program.id}`;
    const now = this.clock.now();
    const open = sql`(poll.closes_at IS NULL OR poll.closes_at > ${now})`;
    const state = args.open ? sql`AND ${open}` : sql`AND NOT ${open}`;
    const where = typeof args.open === 'boolean' ? sql`${inProgram} ${state}` : inProgram;
    return paginate(this.database, { entity: Poll, where, order: newestFirst('poll'), page: args });
  }

  isOpen(poll: Poll): boolean {
    return poll.isOpenAt(this.clock.now());
  }

  /** Whether the caller may see how the votes stand. */
  async seesResults(context: RequestContext, poll: Poll): Promise<boolean> {
    const { session } = context;
    if (session.may('poll.count') || poll.resultsShown === 'ALWAYS' || !this.isOpen(poll)) return true;
    const { ambassadorId } = session;
    if (poll.resultsShown !== 'AFTER_VOTE' || ambassadorId === null) return false;
    return (await choicesOf.load(context, { pollId: poll.id, ambassadorId })).length > 0;
  }

  /** Whether the calling ambassador may vote now. */
  async viewerMayVote(context: RequestContext, poll: Poll): Promise<boolean> {
    const { ambassadorId } = context.session;
    if (ambassadorId === null || !this.isOpen(poll)) return false;
    return this.database.read((db) => this.isMeantFor(db, poll, ambassadorId));
  }

  /** Whether the poll is meant for an ambassador. */
  private async isMeantFor(db: Reader, { programId, audience }: Poll, ambassadorId: string): Promise<boolean> {
    if (audience === null) return true;
    const ambassador = await db.first(Ambassador, sql`WHERE id = ${ambassadorId}`);
    const [holds] = await this.audiences.whichHold(db, programId, ambassador?.contactId ?? null, [audience]);
    return holds === true;
  }

  /** Changes one ambassador's ballot while the poll is held open: it cannot close under their hands. */
  private async change(
    context: RequestContext,
    globalId: string,
    work: (tx: Transaction, poll: Poll, ambassadorId: string) => Promise<PollVoteRefused | InputInvalid | undefined>,
  ): Promise<Poll | Refusal> {
    const ambassadorId = context.session.requireAmbassador('poll.vote');
    const id = rowId(Poll, globalId);
    const result = await this.database.transact(async (tx) => {
      const poll = id && (await tx.first(Poll, sql`WHERE id = ${id} ${tx.forShare}`));
      if (!poll || poll.programId !== context.session.program.id) return new NotFound();
      if (!poll.isOpenAt(tx.now)) return new PollVoteRefused('POLL_CLOSED');
      const refusal = await work(tx, poll, ambassadorId);
      return refusal ?? poll;
    });
    if (!(result instanceof Problem)) for (const loader of [choicesOf, votersOf, votesOf]) loader.clear(context);
    return result;
  }
}

/** Makes the ambassador's ballot an empty one, held until the transaction ends. */
async function castBallot(tx: Transaction, { id }: Poll, ambassadorId: string): Promise<void> {
  const ofVoter = sql`poll_id = ${id} AND ambassador_id = ${ambassadorId}`;
  const known = await tx.execute(sql`UPDATE poll_ballot SET cast_at = ${tx.now} WHERE ${ofVoter}`);
  if (known > 0) {
    await tx.execute(sql`DELETE FROM poll_choice WHERE ${ofVoter}`);
    return;
  }
  try {
    await tx.insert(PollBallot, { pollId: id, ambassadorId, castAt: tx.now });
  } catch (error) {
    if (isUniqueViolation(error)) throw new RaceLost('The ballot was cast at the same moment');
    throw error;
  }
}
