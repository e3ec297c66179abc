import sql from 'sql-template-tag';
import type { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { RequestContext } from '../identity/session.js';
import type { Database, Transaction } from '../platform/database/database.js';
import { rowId } from '../platform/graphql/node.js';
import { NotFound } from '../platform/graphql/problem.js';
import { BoardAbsence, everyBoard } from './absence.entity.js';
import type { LeaderboardLeaveInput, LeaderboardReturnInput } from './absence.inputs.js';
import { hasLeft } from './absence.loaders.js';
import { Leaderboard } from './leaderboard.entity.js';
import type { BoardFill } from './leaderboard.fill.js';
import { boardsOfProgram } from './leaderboard.loaders.js';

/**
 * Ambassadors who do not want to stand on a board, and may change their mind. While they are away it has no entry of
 * theirs; when they come back they stand where all their points put them.
 */
export class BoardAbsences {
  constructor(
    private readonly database: Database,
    private readonly fill: BoardFill,
  ) {}

  /** The calling ambassador leaves a board or all of them; done again it changes nothing. Answers with its id. */
  leave(context: RequestContext, input: LeaderboardLeaveInput): Promise<string | NotFound> {
    return this.change(context, input, true);
  }

  /** The calling ambassador comes back to a board or to all of them; done again it changes nothing. */
  comeBack(context: RequestContext, input: LeaderboardReturnInput): Promise<string | NotFound> {
    return this.change(context, input, false);
  }

  /** The boards that an ambassador has left. */
  async leftBy(context: RequestContext, ambassador: Ambassador): Promise<Leaderboard[]> {
    context.session.require('leaderboard.readLeft', ambassador);
    const boards = await boardsOfProgram.load(context, ambassador.programId);
    const left = await Promise.all(
      boards.map(({ id: boardId }) => hasLeft.load(context, { boardId, ambassadorId: ambassador.id })),
    );
    return boards.filter((_, index) => left[index]);
  }

  private async change(
    context: RequestContext,
    { leaderboardId }: LeaderboardLeaveInput | LeaderboardReturnInput,
    isAway: boolean,
  ): Promise<string | NotFound> {
    const ambassadorId = context.session.requireAmbassador('leaderboard.leave');
    const programId = context.session.program.id;
    const boardId = leaderboardId ? rowId(Leaderboard, leaderboardId) : everyBoard;
    const result = await this.database.transact(async (tx) => {
      if (boardId === undefined) return new NotFound();
      const which = boardId === everyBoard ? sql`` : sql` AND id = ${boardId}`;
      let found = 0;
      await this.fill.followLeaving(tx, ambassadorId, async () => {
        const boards = await tx.select(Leaderboard, sql`WHERE program_id = ${programId}${which} ORDER BY id`);
        found = boards.length;
        if (boardId === everyBoard || found > 0) await say(tx, { ambassadorId, boardId, isAway });
        return boards;
      });
      return found > 0 || boardId === everyBoard ? ambassadorId : new NotFound();
    });
    hasLeft.clear(context);
    return result;
  }
}

/** Writes what an ambassador says of a board; what it says of every board replaces what it said of single ones. */
async function say(tx: Transaction, { ambassadorId, boardId, isAway }: BoardAbsence): Promise<void> {
  const which = boardId === everyBoard ? sql`` : sql` AND board_id = ${boardId}`;
  await tx.execute(sql`DELETE FROM board_absence WHERE ambassador_id = ${ambassadorId}${which}`);
  if (isAway || boardId !== everyBoard) await tx.insert(BoardAbsence, { ambassadorId, boardId, isAway });
}
