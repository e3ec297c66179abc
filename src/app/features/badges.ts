import type { AmbassadorService } from '../../ambassadors/ambassador.service.js';
import { BadgeAwards } from '../../badges/badge.awards.js';
import { Badge } from '../../badges/badge.entity.js';
import { BadgeGrants } from '../../badges/badge.grants.js';
import { defineBadges } from '../../badges/badge.personal.js';
import {
  AmbassadorBadgesResolver,
  BadgeResolver,
  EarnedBadgeResolver,
  SubmittedBadgesResolver,
} from '../../badges/badge.resolver.js';
import { BadgeService } from '../../badges/badge.service.js';
import { StreakActivity } from '../../badges/streak.activity.js';
import { AmbassadorStreakResolver, ProgramStreaksResolver } from '../../badges/streak.resolver.js';
import { StreakService } from '../../badges/streak.service.js';
import { StreakWeeks } from '../../badges/streak.weeks.js';
import { causeOfSeason } from '../../leaderboards/season.events.js';
import type { Kit } from './kit.js';

/** What is won by a rule, and weeks in a row. */
export function composeBadges(
  { database, events, jobs, clock, nodes, personalData }: Kit,
  { ambassadors }: { readonly ambassadors: AmbassadorService },
) {
  const awards = new BadgeAwards(events, new StreakActivity());
  const grants = new BadgeGrants(awards, jobs);
  const badges = new BadgeService({ database, events, clock, awards, grants, ambassadors });
  const streaks = new StreakService(database, clock, new StreakWeeks(events, jobs), ambassadors);
  events.followInside('submission.approved', (tx, event) => awards.afterApproval(tx, event));
  events.followInside('referral.converted', (tx, event) => awards.afterConversion(tx, event));
  events.followInside('points.posted', (tx, event) => awards.afterPosting(tx, event));
  events.followInside('badge.deserved', (tx, { programId, payload }) => {
    const { ambassadorId, badgeCode: code, cause } = payload;
    return awards.giveByCode(tx, programId, { code, ambassadorId, cause });
  });
  events.followInside('season.placed', async (tx, { programId, payload }) => {
    const { badgeCode: code, ambassadorId, seasonId } = payload;
    if (code) await awards.giveByCode(tx, programId, { code, ambassadorId, cause: causeOfSeason(seasonId) });
  });
  defineBadges(personalData);
  nodes.register(Badge, (context, id) => badges.find(context, id));
  return {
    services: { badges, streaks },
    resolvers: [
      new BadgeResolver(badges),
      new EarnedBadgeResolver(),
      new AmbassadorBadgesResolver(badges),
      new SubmittedBadgesResolver(badges),
      new AmbassadorStreakResolver(streaks),
      new ProgramStreaksResolver(streaks),
    ],
    jobs: [],
  };
}
