import sql from 'sql-template-tag';
import { ofAmbassador, type PersonalData } from '../platform/personal.js';
import { EarnedBadge } from './badge.entity.js';

/** What somebody won: the badges stay, so that it stays known how many hold each. */
export function defineBadges(personalData: PersonalData): void {
  personalData.define({
    part: 'badges',
    entity: EarnedBadge,
    of: ofAmbassador(),
    column: sql`badge_id`,
    keyOf: ({ badgeId }) => badgeId,
    show: async (_, rows) => rows.map(({ badgeId, earnedAt }) => ({ badgeId, earnedAt })),
  });
  personalData.keepNumbers('earned_badge', 'badge_win', 'active_week', 'streak_freeze');
  personalData.concernNobody('badge', 'streak_terms');
}
