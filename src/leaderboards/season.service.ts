import sql, { join } from 'sql-template-tag';
import type { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { RequestContext } from '../identity/session.js';
import type { Database, Transaction } from '../platform/database/database.js';
import { paginate, type SortKey } from '../platform/database/paginate.js';
import type { Page, PageArgs } from '../platform/graphql/connection.js';
import { rowId } from '../platform/graphql/node.js';
import { InputInvalid, NotFound } from '../platform/graphql/problem.js';
import { Leaderboard } from './leaderboard.entity.js';
import type { LeaderboardCreateInput } from './leaderboard.inputs.js';
import { boardsOfProgram } from './leaderboard.loaders.js';
import { boundsAt } from './leaderboard.window.js';
import type { SeasonClosing } from './season.closing.js';
import { Season, SeasonStanding } from './season.entity.js';
import type { LeaderboardSeasonsSetInput, SeasonPrizeInput } from './season.inputs.js';
import { finalStandingOf, seasonById } from './season.loaders.js';

/** Which of these codes are of no badge of the program. Known to whoever gives badges. */
export type UnknownBadges = (
  tx: Transaction,
  programId: string,
  codes: readonly string[],
) => Promise<readonly string[]>;

type Prizes = readonly SeasonPrizeInput[] | null | undefined;

const latestFirst: readonly SortKey<Season>[] = [
  { column: 'season.from_at', direction: 'DESC', read: (season) => season.from },
  { column: 'season.id', direction: 'DESC', read: (season) => season.id },
];
const bestFirst: readonly SortKey<SeasonStanding>[] = [
  { column: 'season_standing.position', direction: 'ASC', read: (standing) => standing.position ?? 0 },
];
const latestPlaceFirst: readonly SortKey<SeasonStanding>[] = [
  { column: 'season_standing.season_id', direction: 'DESC', read: (standing) => standing.seasonId },
];

/** Seasons as callers see and plan them. Closing them is SeasonClosing's. */
export class SeasonService {
  constructor(
    private readonly database: Database,
    private readonly closing: SeasonClosing,
    private readonly unknownBadges: UnknownBadges,
  ) {}

  /** What is wrong with the season of a new board; undefined if nothing. */
  refusal({ window, from, to, seasonPrizes }: LeaderboardCreateInput): InputInvalid | undefined {
    if (window === 'SEASON') {
      if (!from) return InputInvalid.at(['from'], 'must be given for a board of one season');
      if (!to || to <= from) return InputInvalid.at(['to'], 'must be given for a board of one season, after `from`');
      return undefined;
    }
    if (from || to) return InputInvalid.at([from ? 'from' : 'to'], 'is only for a board of one season');
    if (window === 'ALL_TIME' && seasonPrizes) {
      return InputInvalid.at(['seasonPrizes'], 'a board of all time never ends');
    }
    return undefined;
  }

  async unknownBadge(tx: Transaction, programId: string, prizes: Prizes): Promise<InputInvalid | undefined> {
    const codes = (prizes ?? []).flatMap(({ badgeCode }) => (badgeCode ? [badgeCode] : []));
    const [unknown] = codes.length > 0 ? await this.unknownBadges(tx, programId, codes) : [];
    return unknown === undefined ? undefined : InputInvalid.at(['prizes'], `there is no badge "${unknown}"`);
  }

  /** Begins the first season of a board that keeps them. */
  begin(tx: Transaction, board: Leaderboard): Promise<void> {
    return this.closing.open(tx, board, board.seasonFrom ?? tx.now);
  }

  /** Lets the windows of a board end in final standings, or not any more. */
  async set(
    context: RequestContext,
    input: LeaderboardSeasonsSetInput,
  ): Promise<Leaderboard | InputInvalid | NotFound> {
    context.session.require('leaderboard.create');
    const programId = context.session.program.id;
    const id = rowId(Leaderboard, input.leaderboardId);
    const prizes = input.prizes ?? null;
    const result = await this.database.transact(async (tx) => {
      const found = await tx.first(Leaderboard, sql`WHERE id = ${id} AND program_id = ${programId} ${tx.forUpdate}`);
      if (!found) return new NotFound();
      if (found.window === 'ALL_TIME') return InputInvalid.at(['leaderboardId'], 'a board of all time never ends');
      if (found.window === 'SEASON' && !prizes) {
        return InputInvalid.at(['prizes'], 'a board of one season always ends in a final standing');
      }
      const refusal = await this.unknownBadge(tx, programId, prizes);
      if (refusal) return refusal;
      const json = prizes && JSON.stringify(prizes);
      await tx.execute(sql`UPDATE leaderboard SET season_prizes = ${json} WHERE id = ${found.id}`);
      if (prizes) {
        await tx.execute(sql`UPDATE season SET prizes = ${json} WHERE board_id = ${found.id} AND status = 'OPEN'`);
      }
      const board = Object.assign(found, { seasonPrizes: prizes });
      await this.begin(tx, board);
      return board;
    });
    boardsOfProgram.clear(context);
    return result;
  }

  /** The program counts its days in another zone: the windows that are still open end at its midnight. */
  async followTimeZone(tx: Transaction, boards: readonly Leaderboard[]): Promise<void> {
    const windowed = new Map(boards.filter(({ window }) => window !== 'SEASON').map((board) => [board.id, board]));
    if (windowed.size === 0) return;
    const open = await tx.select(
      Season,
      sql`WHERE status = 'OPEN' AND board_id IN (${join([...windowed.keys()])}) ORDER BY id ${tx.forUpdate}`,
    );
    for (const season of open) {
      const board = windowed.get(season.boardId);
      // Its middle lies in the same window, whatever the zone.
      const middle = new Date((season.from.getTime() + season.to.getTime()) / 2);
      const bounds = board && boundsAt(board, middle);
      if (!board || !bounds) continue;
      await tx.execute(sql`UPDATE season SET from_at = ${bounds.from}, to_at = ${bounds.to} WHERE id = ${season.id}`);
      await this.closing.move(tx, board, Object.assign(season, bounds));
    }
  }

  /** The seasons of a board, latest first. */
  ofBoard({ id }: Leaderboard, page: PageArgs): Promise<Page<Season>> {
    return paginate(this.database, {
      entity: Season,
      where: sql`season.board_id = ${id}`,
      order: latestFirst,
      page,
    });
  }

  async ofBoardByKey({ id }: Leaderboard, key: string): Promise<Season | undefined> {
    return this.database.read((db) => db.first(Season, sql`WHERE board_id = ${id} AND season_key = ${key}`));
  }

  /** A season of the caller's program; undefined for any other id. */
  async find(context: RequestContext, id: string): Promise<Season | undefined> {
    if (!context.session.may('leaderboard.read')) return undefined;
    const season = await seasonById.load(context, id);
    return season?.programId === context.session.program.id ? season : undefined;
  }

  /** The final standing, best first; nobody until the season is closed. */
  standings(season: Season, page: PageArgs): Promise<Page<SeasonStanding>> {
    const closed = season.status === 'CLOSED' ? sql`` : sql` AND 1 = 0`;
    return paginate(this.database, {
      entity: SeasonStanding,
      where: sql`season_standing.season_id = ${season.id}${closed}`,
      order: bestFirst,
      page,
    });
  }

  /** Where the calling ambassador ended; undefined for who had no points, or is none. */
  async viewerStanding(context: RequestContext, season: Season): Promise<SeasonStanding | undefined> {
    const { ambassadorId } = context.session;
    if (ambassadorId === null) return undefined;
    return finalStandingOf.load(context, { seasonId: season.id, ambassadorId });
  }

  /** Where an ambassador ended in the seasons that are closed, those begun last first. */
  ofAmbassador({ id }: Ambassador, page: PageArgs): Promise<Page<SeasonStanding>> {
    return paginate(this.database, {
      entity: SeasonStanding,
      joins: sql`JOIN season ON season.id = season_standing.season_id AND season.status = 'CLOSED'`,
      where: sql`season_standing.ambassador_id = ${id}`,
      order: latestPlaceFirst,
      page,
    });
  }
}
