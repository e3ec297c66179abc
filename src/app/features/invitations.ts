import type { Audiences } from '../../audience/audiences.js';
import type { Fatigue } from '../../fatigue/fatigue.js';
import { BounceResolver } from '../../invitations/bounce.resolver.js';
import { Hindrances } from '../../invitations/hindrances.js';
import { InvitationAftermath } from '../../invitations/invitation.aftermath.js';
import { SurveyInvitation } from '../../invitations/invitation.entity.js';
import { InvitationMails } from '../../invitations/invitation.mails.js';
import { defineInvitations } from '../../invitations/invitation.personal.js';
import { InvitationResolver } from '../../invitations/invitation.resolver.js';
import { InvitationService } from '../../invitations/invitation.service.js';
import { MailSending } from '../../invitations/mail.sending.js';
import { OutlookService } from '../../invitations/outlook.service.js';
import { InvitationTextResolver } from '../../invitations/text.resolver.js';
import { InvitationTexts } from '../../invitations/text.service.js';
import { InvitationWave } from '../../invitations/wave.entity.js';
import { WaveResolver } from '../../invitations/wave.resolver.js';
import { WaveSelection } from '../../invitations/wave.selection.js';
import { WaveService } from '../../invitations/wave.service.js';
import { MailStandings } from '../../notify/mail/mail-standings.js';
import type { SurveyTextService } from '../../nps/forms/survey-text.service.js';
import type { SurveyLinks } from '../../nps/links/survey-links.js';
import type { SurveyService } from '../../nps/survey.service.js';
import type { Consents } from '../../privacy/consents.js';
import type { Kit } from './kit.js';

/** What invitations stand on. */
export interface InvitationParts {
  readonly audiences: Audiences;
  readonly fatigue: Fatigue;
  readonly consents: Consents;
  readonly surveys: SurveyService;
  readonly surveyTexts: SurveyTextService;
  readonly surveyLinks: SurveyLinks;
}

/** Surveys that go out. */
export function composeInvitations(
  kit: Kit,
  { audiences, fatigue, consents, surveys, surveyTexts, surveyLinks }: InvitationParts,
) {
  const { config, sealer, database, events, clock, log, nodes, jobs, carrier, personalData } = kit;
  const mailStandings = new MailStandings(database, events, sealer, config);
  const hindrances = new Hindrances(consents);
  const selection = new WaveSelection(jobs, audiences, surveyLinks, fatigue, hindrances);
  const invitationWaves = new WaveService({
    ...{ database, events, clock, audiences, surveys, links: surveyLinks },
    ...{ fatigue, hindrances, selection, carrier },
  });
  const mails = new InvitationMails(database, surveyTexts, surveyLinks, mailStandings);
  const mailSending = new MailSending({
    ...{ database, clock, log, carrier, mails, selection, hindrances, fatigue },
    standings: mailStandings,
  });
  const invitations = new InvitationService(database, surveyLinks);
  const aftermath = new InvitationAftermath(database, mailStandings, fatigue);
  const outlooks = new OutlookService(database, clock, audiences, surveys, fatigue, hindrances);
  events.followInside('mail.unsubscribed', (tx, event) => aftermath.followUnsubscribed(tx, event));
  defineInvitations(personalData);
  nodes.register(InvitationWave, (context, id) => invitationWaves.find(context, id));
  nodes.register(SurveyInvitation, (context, id) => invitations.find(context, id));
  return {
    services: { mailStandings, invitationWaves, mailSending },
    resolvers: [
      new WaveResolver(invitationWaves, invitations, outlooks),
      new InvitationResolver(invitations),
      new BounceResolver(aftermath),
      new InvitationTextResolver(new InvitationTexts(database)),
    ],
    jobs: [{ name: 'invitations.send', everyMilliseconds: 1_000, doSome: () => mailSending.sendSome() }],
  };
}
