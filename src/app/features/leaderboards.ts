import type { BadgeService } from '../../badges/badge.service.js';
import { AmbassadorAbsenceResolver, LeaderboardAbsenceResolver } from '../../leaderboards/absence.resolver.js';
import { BoardAbsences } from '../../leaderboards/absence.service.js';
import { Leaderboard } from '../../leaderboards/leaderboard.entity.js';
import { BoardFill } from '../../leaderboards/leaderboard.fill.js';
import { BoardFolding } from '../../leaderboards/leaderboard.folding.js';
import { defineBoards } from '../../leaderboards/leaderboard.personal.js';
import {
  AmbassadorStandingResolver,
  LeaderboardConnectionResolver,
  LeaderboardEntryResolver,
  LeaderboardResolver,
} from '../../leaderboards/leaderboard.resolver.js';
import { LeaderboardService } from '../../leaderboards/leaderboard.service.js';
import { Standings } from '../../leaderboards/leaderboard.standings.js';
import { BoardTally } from '../../leaderboards/leaderboard.tally.js';
import { SeasonClosing } from '../../leaderboards/season.closing.js';
import { Season } from '../../leaderboards/season.entity.js';
import {
  AmbassadorSeasonsResolver,
  LeaderboardSeasonsResolver,
  SeasonResolver,
  SeasonStandingResolver,
} from '../../leaderboards/season.resolver.js';
import { SeasonService } from '../../leaderboards/season.service.js';
import type { Ledger } from '../../points/ledger.js';
import type { Kit } from './kit.js';
import { composeTeams } from './teams.js';

/** Who stands where: ambassadors, and their teams. */
export function composeLeaderboards(
  kit: Kit,
  { ledger, badges }: { readonly ledger: Ledger; readonly badges: BadgeService },
) {
  const { database, events, jobs, clock, nodes, personalData } = kit;
  const teams = composeTeams(kit, { ledger });
  const boardFill = new BoardFill(database, jobs);
  const seasonClosing = new SeasonClosing(ledger, events, jobs);
  const seasons = new SeasonService(database, seasonClosing, (tx, programId, codes) =>
    badges.unknownCodes(tx, programId, codes),
  );
  const boards = new LeaderboardService(database, events, boardFill, seasons);
  const boardAbsences = new BoardAbsences(database, boardFill);
  const boardTally = new BoardTally();
  const boardFolding = new BoardFolding(database);
  const standings = new Standings(database, clock);
  events.followInside('program.created', (tx, { programId }) => boards.addDefaults(tx, programId));
  events.followInside('program.updated', async (tx, { programId }) => {
    await seasons.followTimeZone(tx, await boardFill.followTimeZone(tx, programId));
  });
  events.followInside('points.posted', (tx, event) => boardTally.count(tx, event));
  events.followAfter('contact.attributesChanged', 'leaderboards', ({ payload }) =>
    boardFill.followContact(payload.contactId),
  );
  defineBoards(personalData);
  nodes.register(Leaderboard, (context, id) => boards.find(context, id));
  nodes.register(Season, (context, id) => seasons.find(context, id));
  return {
    services: { boards, boardAbsences, boardFill, standings, seasons, ...teams.services },
    resolvers: [
      new LeaderboardResolver(boards, standings),
      new LeaderboardConnectionResolver(standings),
      new LeaderboardEntryResolver(standings),
      new AmbassadorStandingResolver(boards, standings),
      new LeaderboardAbsenceResolver(boardAbsences),
      new AmbassadorAbsenceResolver(boardAbsences),
      new LeaderboardSeasonsResolver(seasons),
      new SeasonResolver(seasons),
      new SeasonStandingResolver(),
      new AmbassadorSeasonsResolver(seasons),
      ...teams.resolvers,
    ],
    jobs: [
      { name: 'leaderboards.fold', everyMilliseconds: 1_000, doSome: () => boardFolding.foldSome() },
      ...teams.jobs,
    ],
  };
}
