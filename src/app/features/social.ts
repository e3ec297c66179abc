import type { AmbassadorService } from '../../ambassadors/ambassador.service.js';
import { Badge } from '../../badges/badge.entity.js';
import { Challenge } from '../../challenges/challenge.entity.js';
import { Submission } from '../../challenges/submission.entity.js';
import type { Ledger } from '../../points/ledger.js';
import { Referral } from '../../referrals/referral.entity.js';
import { Activity } from '../../social/activity.entity.js';
import { ActivityRecording } from '../../social/activity.recording.js';
import { ActivityResolver, AmbassadorSharingResolver } from '../../social/activity.resolver.js';
import { ActivityService } from '../../social/activity.service.js';
import { Kudos } from '../../social/kudos.entity.js';
import { AmbassadorKudosResolver, KudosResolver } from '../../social/kudos.resolver.js';
import { KudosService } from '../../social/kudos.service.js';
import { KudosReportResolver } from '../../social/kudos-report.resolver.js';
import { KudosReports } from '../../social/kudos-report.service.js';
import { SharingService } from '../../social/sharing.service.js';
import { defineSocial } from '../../social/social.personal.js';
import { ProgramSocialResolver } from '../../social/terms.resolver.js';
import { SocialTermsService } from '../../social/terms.service.js';
import type { Kit } from './kit.js';

/** What ambassadors see of each other, and how they praise it. */
export function composeSocial(
  kit: Kit,
  { ledger, ambassadors }: { readonly ledger: Ledger; readonly ambassadors: AmbassadorService },
) {
  const { database, events, clock, nodes } = kit;
  const socialTerms = new SocialTermsService(database);
  const sharing = new SharingService(database, events);
  const activities = new ActivityService(database, events);
  const kudos = new KudosService(database, events, ledger, ambassadors, activities);
  const kudosReports = new KudosReports(database, events);
  const recording = new ActivityRecording(database, clock);
  followDeeds(kit, recording);
  defineSocial(kit.personalData);
  nodes.register(Activity, (context, id) => activities.find(context, id));
  nodes.register(Kudos, (context, id) => kudos.find(context, id));
  return {
    services: { socialTerms, sharing, activities, kudos, kudosReports },
    resolvers: [
      new ProgramSocialResolver(socialTerms),
      new AmbassadorSharingResolver(sharing),
      new ActivityResolver(activities, kudos, nodes),
      new KudosResolver(kudos, activities),
      new AmbassadorKudosResolver(kudos),
      new KudosReportResolver(kudosReports),
    ],
    jobs: [{ name: 'activities.forget', everyMilliseconds: 3_600_000, doSome: () => recording.forgetSome() }],
  };
}

/** What the feed tells, each from the outbox. What somebody buys is their own affair. */
function followDeeds({ events }: Kit, recording: ActivityRecording): void {
  const consumer = 'activity';
  events.followAfter('activitySharing.began', consumer, (event) =>
    recording.record(event, { kind: 'JOINED', ambassadorId: event.payload.ambassadorId }),
  );
  events.followAfter('submission.approved', consumer, (event) => {
    const { ambassadorId, kind, submissionId, challengeId } = event.payload;
    return recording.record(
      event,
      kind === 'IDEA'
        ? { kind: 'IDEA_POSTED', ambassadorId, subject: { type: Submission.name, id: submissionId } }
        : { kind: 'CHALLENGE_APPROVED', ambassadorId, subject: { type: Challenge.name, id: challengeId } },
    );
  });
  events.followAfter('badge.earned', consumer, (event) => {
    const { ambassadorId, badgeId } = event.payload;
    return recording.record(event, { kind: 'BADGE_WON', ambassadorId, subject: { type: Badge.name, id: badgeId } });
  });
  events.followAfter('level.reached', consumer, (event) => {
    const { ambassadorId, rank: levelRank } = event.payload;
    return recording.record(event, { kind: 'LEVEL_REACHED', ambassadorId, levelRank });
  });
  events.followAfter('referral.rewarded', consumer, (event) => {
    const { referrerId: ambassadorId, referralId } = event.payload;
    const subject = { type: Referral.name, id: referralId };
    return recording.record(event, { kind: 'REFERRAL_REWARDED', ambassadorId, subject });
  });
  events.followAfter('referral.reversed', consumer, (event) =>
    recording.forgetSubject(event, event.payload.referrerId, event.payload.referralId),
  );
  events.followAfter('kudos.given', consumer, (event) => {
    const { fromId: ambassadorId, kudosId } = event.payload;
    return recording.record(event, { kind: 'KUDOS_GIVEN', ambassadorId, subject: { type: Kudos.name, id: kudosId } });
  });
}
