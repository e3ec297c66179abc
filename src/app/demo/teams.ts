import { toGlobalId } from '../../platform/ids.js';
import { Team } from '../../teams/team.entity.js';
import { annaOf } from './friends.js';
import type { DemoAmbassador } from './people.js';
import { granted, type Plan } from './stage.js';

const foundedOn = 90;
const demoTeams = [
  { key: 'the-north', name: 'The North', description: 'Whoever lives above the rivers.' },
  { key: 'the-coast', name: 'The Coast', description: 'From Den Helder to Cadzand.' },
  { key: 'installers', name: 'Installers united', description: 'For those who work on roofs and ladders.' },
] as const;
/** Each fourth ambassador is in no team. */
const everySoMany = demoTeams.length + 1;
const membersMax = 25;
/** Who changes teams, who hides their name and who leaves a board: counted among those who are there from the first day on. */
const mover = { index: 4, day: 250 };
const hidden = { index: 6, day: 200 };
const away = { index: 9, day: 300 };

/** Plans three teams and who is in them, somebody who keeps a private profile, and somebody who left a board. */
export function planTeams(plan: Plan): void {
  const { stage, calendar } = plan;
  const admin = () => stage.as('ADMIN', 'admin');
  const ids = new Map<number, string>();
  calendar.plan(foundedOn, 8 * 60, async () => {
    for (const [index, team] of demoTeams.entries()) {
      const made = granted(await stage.features.teams.create(admin(), { ...team, joining: 'OPEN', membersMax }));
      ids.set(index, made.id);
    }
  });
  const teamIdOf = (index: number) => toGlobalId(Team.name, ids.get(index) ?? '');
  const others = plan.ambassadors.filter((ambassador) => ambassador !== annaOf(plan));
  for (const [index, ambassador] of [annaOf(plan), ...others].entries()) {
    const choice = index % everySoMany;
    if (choice === demoTeams.length) continue;
    calendar.plan(Math.max(foundedOn, ambassador.joinsOn + 1), 8 * 60 + 30, async () => {
      granted(await stage.features.teamMembers.join(callerOf(plan, ambassador), { teamId: teamIdOf(choice) }));
    });
  }
  const early = others.filter(({ joinsOn }) => joinsOn < foundedOn);
  calendar.plan(mover.day, 8 * 60 + 40, async () => {
    const caller = callerOf(plan, early[mover.index]);
    granted(await stage.features.teamMembers.move(caller, { teamId: teamIdOf(2) }));
  });
  calendar.plan(hidden.day, 9 * 60, async () => {
    granted(await stage.features.ambassadors.update(callerOf(plan, early[hidden.index]), { isPrivate: true }));
  });
  calendar.plan(away.day, 9 * 60, async () => {
    const board = (await stage.features.boards.list(admin())).find(({ key }) => key === 'all-time');
    const leaderboardId = board?.globalId() ?? null;
    granted(await stage.features.boardAbsences.leave(callerOf(plan, early[away.index]), { leaderboardId }));
  });
}

function callerOf({ stage, joined }: Plan, ambassador: DemoAmbassador | undefined) {
  if (!ambassador) throw new Error('The demo has too few ambassadors');
  const { externalId } = ambassador.contact;
  return stage.asAmbassador(externalId, joined.get(externalId) ?? '');
}
