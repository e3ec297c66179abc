import sql from 'sql-template-tag';
import type { RequestContext } from '../identity/session.js';
import type { Database, Transaction } from '../platform/database/database.js';
import { isUniqueViolation } from '../platform/database/errors.js';
import type { Events } from '../platform/events/events.js';
import { argumentRefused } from '../platform/graphql/input.js';
import { InputInvalid } from '../platform/graphql/problem.js';
import { Program } from '../programs/program.entity.js';
import { Leaderboard } from './leaderboard.entity.js';
import { BoardFill } from './leaderboard.fill.js';
import type { LeaderboardCreateInput } from './leaderboard.inputs.js';
import { boardsOfProgram } from './leaderboard.loaders.js';
import { SeasonService } from './season.service.js';

declare module '../platform/events/events.js' {
  interface EventMap {
    'leaderboard.created': { readonly leaderboardId: string };
  }
}

/** Every posting counts on every board, so there is a bound to how many a program has. */
const boardsPerProgramMax = 50;

/** What every program starts with; nobody has points yet, so they are complete. */
const defaultBoards = [
  { key: 'all-time', name: 'All time', window: 'ALL_TIME' },
  { key: 'month', name: 'This month', window: 'MONTH' },
] as const;

type NewBoard = Pick<Leaderboard, 'key' | 'name' | 'window' | 'filledTo'> & Partial<Leaderboard>;

/** The boards of a program. */
export class LeaderboardService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly fill: BoardFill,
    private readonly seasons: SeasonService,
  ) {}

  async addDefaults(tx: Transaction, programId: string): Promise<void> {
    const program = await requireProgram(tx, programId);
    await tx.insert(
      Leaderboard,
      defaultBoards.map((board) => newBoard(tx, program, { ...board, filledTo: null })),
    );
  }

  /** Makes a board and counts the past on it: at once for a small program, in the background for a big one. */
  async create(context: RequestContext, input: LeaderboardCreateInput): Promise<Leaderboard | InputInvalid> {
    context.session.require('leaderboard.create');
    const board = await this.database.transact((tx) => this.insert(tx, context.session.program.id, input));
    boardsOfProgram.clear(context);
    if (board instanceof InputInvalid) return board;
    return this.fill.begin(board);
  }

  /** The boards of the caller's program, in the order they were made. */
  async list(context: RequestContext): Promise<Leaderboard[]> {
    context.session.require('leaderboard.read');
    return boardsOfProgram.load(context, context.session.program.id);
  }

  /** A board of the caller's program by its key. @throws BAD_USER_INPUT when there is none */
  async findByKey(context: RequestContext, key: string, argument = 'key'): Promise<Leaderboard> {
    const board = (await this.list(context)).find((each) => each.key === key);
    if (board) return board;
    throw argumentRefused([argument], `there is no leaderboard "${key}"`);
  }

  /** A board of the caller's program by its id; undefined for any other id. */
  async find(context: RequestContext, id: string): Promise<Leaderboard | undefined> {
    if (!context.session.may('leaderboard.read')) return undefined;
    return (await this.list(context)).find((board) => board.id === id);
  }

  private async insert(
    tx: Transaction,
    programId: string,
    input: LeaderboardCreateInput,
  ): Promise<Leaderboard | InputInvalid> {
    // Held until the end, so that the zone cannot change in between, nor two admins pass the bound together.
    const program = await requireProgram(tx, programId);
    const counting = sql`WHERE program_id = ${programId} AND (season_to IS NULL OR season_to > ${tx.now})`;
    if ((await tx.count(Leaderboard, counting)) >= boardsPerProgramMax) {
      return InputInvalid.at(['key'], `a program has at most ${boardsPerProgramMax} leaderboards that points count on`);
    }
    const refusal = this.seasons.refusal(input) ?? (await this.seasons.unknownBadge(tx, programId, input.seasonPrizes));
    if (refusal) return refusal;
    const board = newBoard(tx, program, {
      key: input.key,
      name: input.name,
      window: input.window,
      kinds: input.kinds ?? null,
      attributeName: input.attribute?.name ?? null,
      attributeValue: input.attribute?.value ?? null,
      seasonFrom: input.from ?? null,
      seasonTo: input.to ?? null,
      seasonPrizes: input.seasonPrizes ?? (input.window === 'SEASON' ? [] : null),
      filledTo: '',
    });
    try {
      await tx.insert(Leaderboard, board);
    } catch (error) {
      if (isUniqueViolation(error)) return InputInvalid.at(['key'], 'is the key of another leaderboard');
      throw error;
    }
    await this.fill.plan(tx, board);
    await this.seasons.begin(tx, board);
    await this.events.emit(tx, 'leaderboard.created', programId, { leaderboardId: board.id });
    return board;
  }
}

async function requireProgram(tx: Transaction, programId: string): Promise<Program> {
  const program = await tx.first(Program, sql`WHERE id = ${programId} ${tx.forUpdate}`);
  if (!program) throw new Error('A board needs its program');
  return program;
}

function newBoard(tx: Transaction, { id, timeZone }: Program, board: NewBoard): Leaderboard {
  return Object.assign(new Leaderboard(), {
    id: tx.newId(),
    programId: id,
    timeZone,
    kinds: null,
    attributeName: null,
    attributeValue: null,
    seasonFrom: null,
    seasonTo: null,
    seasonPrizes: null,
    createdAt: tx.now,
    ...board,
  });
}
