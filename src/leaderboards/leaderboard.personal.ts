import sql from 'sql-template-tag';
import type { PersonalData } from '../platform/personal.js';
import { Leaderboard } from './leaderboard.entity.js';

/** Places stay as they are, and with them the attribute that puts an ambassador on a board: without it the board changes. */
export function defineBoards(personalData: PersonalData): void {
  personalData.keepAttributes(async (db, { programId, ambassadorId, attributes }) => {
    if (ambassadorId === null) return [];
    const boards = await db.select(Leaderboard, sql`WHERE program_id = ${programId} AND attribute_name IS NOT NULL`);
    return boards
      .filter(({ attributeName, attributeValue }) => String(attributes[attributeName ?? '']) === attributeValue)
      .flatMap(({ attributeName }) => attributeName ?? []);
  });
  personalData.keepNumbers('board_entry', 'season_standing');
  personalData.concernNobody('leaderboard', 'board_block', 'season');
}
