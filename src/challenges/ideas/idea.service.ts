import sql, { join } from 'sql-template-tag';
import type { RequestContext } from '../../identity/session.js';
import type { Database, Reader, Transaction } from '../../platform/database/database.js';
import { newestFirst, paginate, type SortKey } from '../../platform/database/paginate.js';
import type { Events } from '../../platform/events/events.js';
import type { Page } from '../../platform/graphql/connection.js';
import type { BaseContext } from '../../platform/graphql/context.js';
import { inOrder, Loader } from '../../platform/graphql/loader.js';
import { rowId } from '../../platform/graphql/node.js';
import { InputInvalid, NotFound } from '../../platform/graphql/problem.js';
import { Challenge } from '../challenge.entity.js';
import { Submission } from '../submission.entity.js';
import { Idea, type IdeaStatus } from './idea.entity.js';
import type { IdeasArgs, IdeaUpdateInput } from './idea.inputs.js';

declare module '../../platform/events/events.js' {
  interface EventMap {
    /** The program said what becomes of an idea: something for its author and for those who voted for it. */
    'idea.statusChanged': {
      readonly submissionId: string;
      readonly ambassadorId: string;
      readonly status: IdeaStatus;
    };
  }
}

/** What became of ideas; nothing where nobody has said yet. */
export const ideaOf = new Loader(async (context: BaseContext, submissionIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(Idea, sql`WHERE submission_id IN (${join([...submissionIds])})`),
  );
  return inOrder(submissionIds, rows, (row) => row.submissionId);
});

const mostVotedFirst: readonly SortKey<Submission>[] = [
  { column: 'submission.votes', direction: 'DESC', read: ({ votes }) => votes },
  { column: 'submission.id', direction: 'DESC', read: ({ id }) => id },
];

/** The idea board: what ambassadors submit to challenges of kind IDEA that are votable, and what becomes of it. */
export class IdeaService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
  ) {}

  /** The ideas that everybody in the program may see. */
  async list(context: RequestContext, args: IdeasArgs): Promise<Page<Submission>> {
    const { session } = context;
    session.require('submission.readVotable');
    const challengeId = args.challengeId ? (rowId(Challenge, args.challengeId) ?? '') : undefined;
    const conditions = [
      sql`submission.program_id = ${session.program.id} AND submission.kind = 'IDEA'
        AND submission.status IN ('PENDING', 'APPROVED') AND challenge.votable`,
      ...(challengeId === undefined ? [] : [sql`submission.challenge_id = ${challengeId}`]),
      ...(args.status ? [sql`COALESCE(idea.status, 'OPEN') = ${args.status}`] : []),
    ];
    return paginate(this.database, {
      entity: Submission,
      joins: sql`JOIN challenge ON challenge.id = submission.challenge_id
        LEFT JOIN idea ON idea.submission_id = submission.id`,
      where: join(conditions, ' AND '),
      order: args.orderBy === 'NEWEST' ? newestFirst('submission') : mostVotedFirst,
      page: args,
    });
  }

  /** Says what becomes of an idea, and replies to it. */
  async update(context: RequestContext, input: IdeaUpdateInput): Promise<Submission | InputInvalid | NotFound> {
    const { session } = context;
    session.require('idea.update');
    const id = rowId(Submission, input.submissionId);
    const result = await this.database.transact(async (tx) => {
      // Voters hold the submission, too: a vote comes before the status, or meets it.
      const submission = id && (await tx.first(Submission, sql`WHERE id = ${id} ${tx.forUpdate}`));
      if (!submission || submission.programId !== session.program.id) return new NotFound();
      if (submission.kind !== 'IDEA') return InputInvalid.at(['submissionId'], 'is no idea');
      await this.updateIn(tx, submission, input);
      return submission;
    });
    ideaOf.clear(context);
    return result;
  }

  private async updateIn(tx: Transaction, submission: Submission, input: IdeaUpdateInput): Promise<void> {
    const { id: submissionId, programId, ambassadorId } = submission;
    const known = await tx.first(Idea, sql`WHERE submission_id = ${submissionId}`);
    const before = known?.status ?? 'OPEN';
    const status = input.status ?? before;
    const reply = input.reply === undefined ? (known?.reply ?? null) : input.reply || null;
    const repliedAt = reply === (known?.reply ?? null) ? (known?.repliedAt ?? null) : reply === null ? null : tx.now;
    if (known) {
      await tx.execute(sql`
        UPDATE idea SET status = ${status}, reply = ${reply}, replied_at = ${repliedAt}, changed_at = ${tx.now}
        WHERE submission_id = ${submissionId}`);
    } else {
      await tx.insert(Idea, { submissionId, programId, status, reply, repliedAt, changedAt: tx.now });
    }
    if (status !== before) {
      await this.events.emit(tx, 'idea.statusChanged', programId, { submissionId, ambassadorId, status });
    }
  }
}

/** What becomes of an idea, inside a transaction. */
export async function ideaStatus(db: Reader, submissionId: string): Promise<IdeaStatus> {
  return (await db.first(Idea, sql`WHERE submission_id = ${submissionId}`))?.status ?? 'OPEN';
}
