import type { RequestContext } from '../identity/session.js';
import type { StagedServices } from '../insight/simulation/simulation.service.js';
import { OutboxWorker } from '../platform/events/outbox.js';
import { NodeRegistry } from '../platform/graphql/node.js';
import { Jobs } from '../platform/jobs/jobs.js';
import { Periodic, type PeriodicJob } from '../platform/periodic.js';
import { PersonalData } from '../platform/personal.js';
import { Retention } from '../platform/retention.js';
import { composeAsks } from './features/asks.js';
import { composeAudience } from './features/audience.js';
import { composeBadges } from './features/badges.js';
import { composeChallenges } from './features/challenges.js';
import { composeIdentity } from './features/identity.js';
import { composeInfluence } from './features/influence.js';
import { composeInsight } from './features/insight.js';
import { composeJobs } from './features/jobs.js';
import type { Kit } from './features/kit.js';
import { composeLeaderboards } from './features/leaderboards.js';
import { composeNotify } from './features/notify.js';
import { composeNps } from './features/nps.js';
import { composePeople } from './features/people.js';
import { composePoints } from './features/points.js';
import { composePolls } from './features/polls.js';
import { composePrivacy } from './features/privacy.js';
import { composePrograms } from './features/programs.js';
import { composeReferrals } from './features/referrals.js';
import { composeRewards } from './features/rewards.js';
import { composeSocial } from './features/social.js';
import { NodeResolver } from './node.resolver.js';
import type { Platform } from './platform.js';
import { createRehearsal } from './rehearsal.js';

export type Features = ReturnType<typeof composeFeatures>;

/**
 * The one place where features meet, from the lowest row of the house to the highest. Each is composed in its file under
 * `features/`: who is built on whom, who follows which event, what can be fetched by id, what is done again and again.
 */
export function composeFeatures(platform: Platform) {
  const kit = kitOf(platform);
  const jobs = composeJobs(kit);
  const identity = composeIdentity(kit);
  const programs = composePrograms(kit);
  const people = composePeople(kit);
  const privacy = composePrivacy(kit, people.services);
  const points = composePoints(kit, people.services);
  const referrals = composeReferrals(kit, { ...programs.services, ...people.services, ...points.services });
  const rewards = composeRewards(kit, points.services);
  const audience = composeAudience(kit);
  const challenges = composeChallenges(kit, { ...points.services, ...audience.services });
  const polls = composePolls(kit, audience.services);
  const nps = composeNps(kit, { ...programs.services, ...people.services });
  const badges = composeBadges(kit, people.services);
  const leaderboards = composeLeaderboards(kit, { ...points.services, ...badges.services });
  const influence = composeInfluence(kit);
  const social = composeSocial(kit, { ...people.services, ...points.services });
  const person = { ...people.services, ...points.services, ...audience.services, ...privacy.services };
  const known = { ...person, ...nps.services, ...influence.services };
  const notify = composeNotify(kit, { ...known, ...leaderboards.services });
  const asks = composeAsks(kit, { ...known, ...challenges.services, ...referrals.services });
  const rehearse = createRehearsal(platform, (staged): StagedServices => composeFeatures(staged));
  const insight = composeInsight(kit, { ...known, rehearse });
  const base = [jobs, identity, programs, people, privacy, points, audience];
  const engagement = [referrals, rewards, challenges, polls, nps, badges, leaderboards, influence, social];
  const outward = [notify, asks, insight];

  return {
    ...jobs.services,
    ...identity.services,
    ...programs.services,
    ...people.services,
    ...privacy.services,
    ...points.services,
    ...audience.services,
    ...referrals.services,
    ...rewards.services,
    ...challenges.services,
    ...polls.services,
    ...nps.services,
    ...badges.services,
    ...leaderboards.services,
    ...influence.services,
    ...social.services,
    ...notify.services,
    ...asks.services,
    ...insight.services,
    ...everythingOf(kit, [...base, ...engagement, ...outward]),
  };
}

function kitOf(platform: Platform): Kit {
  return {
    ...platform,
    jobs: new Jobs(),
    nodes: new NodeRegistry<RequestContext>(),
    personalData: new PersonalData(),
    retention: new Retention(),
  };
}

interface Part {
  readonly resolvers: readonly object[];
  readonly jobs: readonly PeriodicJob[];
}

/** What all parts have together: what answers, and what is done again and again. */
function everythingOf({ database, events, clock, log, nodes }: Kit, parts: readonly Part[]) {
  const outbox = new OutboxWorker(database, events, clock, log);
  const periodic: readonly PeriodicJob[] = [
    { name: 'outbox.forget', everyMilliseconds: 3_600_000, doSome: () => outbox.forgetSome() },
    ...parts.flatMap((part) => part.jobs),
  ];
  return {
    outbox,
    periodic,
    periodics: periodic.map((job) => new Periodic(job, log)),
    resolvers: [new NodeResolver(nodes), ...parts.flatMap((part) => part.resolvers)],
  };
}
