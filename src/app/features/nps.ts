import type { AttributeChanges } from '../../contacts/attribute-changes.js';
import type { ContactService } from '../../contacts/contact.service.js';
import { AnswerTokens } from '../../nps/answering/answer-tokens.js';
import { AnsweringResolver, SurveyWaitingResolver } from '../../nps/answering/answering.resolver.js';
import { Answering } from '../../nps/answering/answering.service.js';
import { KeptAnswers } from '../../nps/answering/kept-answers.js';
import { WaitingAnswers } from '../../nps/answering/waiting-answers.js';
import { AnswerCounts } from '../../nps/counts/answer-counts.js';
import { CountFolding } from '../../nps/counts/count-folding.js';
import { CountPast } from '../../nps/counts/count-past.js';
import { CountReading } from '../../nps/counts/count-reading.js';
import { Days } from '../../nps/counts/days.js';
import {
  FollowUpAnswerResolver,
  FollowUpResolver,
  RecordedFollowUpsResolver,
  ResponseFollowUpsResolver,
  SummaryFollowUpsResolver,
  SurveyFollowUpsResolver,
} from '../../nps/followups/follow-up.resolver.js';
import { FollowUpService } from '../../nps/followups/follow-up.service.js';
import { FollowUpStatistics } from '../../nps/followups/follow-up.statistics.js';
import { SurveyTextResolver } from '../../nps/forms/survey-text.resolver.js';
import { SurveyTextService } from '../../nps/forms/survey-text.service.js';
import { BatchWriter } from '../../nps/import/batch-writer.js';
import { ResponseImport } from '../../nps/import/response-import.service.js';
import { SurveyLinkResolver } from '../../nps/links/link.resolver.js';
import { LinkService } from '../../nps/links/link.service.js';
import { SurveyLinks } from '../../nps/links/survey-links.js';
import { defineAnswers } from '../../nps/nps.personal.js';
import { NpsResolver } from '../../nps/nps.resolver.js';
import { defineAnswerRetention } from '../../nps/nps.retention.js';
import { NpsService } from '../../nps/nps.service.js';
import { NpsResponse } from '../../nps/response.entity.js';
import { ResponseResolver } from '../../nps/response.resolver.js';
import { ResponseService } from '../../nps/response.service.js';
import { Survey } from '../../nps/survey.entity.js';
import { ProgramNpsResolver, SurveyResolver } from '../../nps/survey.resolver.js';
import { SurveyService } from '../../nps/survey.service.js';
import type { ProgramService } from '../../programs/program.service.js';
import type { Kit } from './kit.js';
import { composeWebhooks } from './webhooks.js';

interface Below {
  readonly programs: ProgramService;
  readonly contacts: ContactService;
  readonly attributeChanges: AttributeChanges;
}

/** Surveys, their answers wherever they come from, and what these say. */
export function composeNps(kit: Kit, below: Below) {
  const answers = composeAnswers(kit, below);
  const webhooks = composeWebhooks(kit, answers.services);
  return {
    services: { ...answers.services, ...webhooks.services },
    resolvers: [...answers.resolvers, ...webhooks.resolvers],
    jobs: [...answers.jobs, ...webhooks.jobs],
  };
}

function composeAnswers(
  { config, sealer, random, database, events, clock, nodes, personalData, retention }: Kit,
  { programs, contacts, attributeChanges }: Below,
) {
  const surveys = new SurveyService(database);
  const days = new Days();
  const surveyLinks = new SurveyLinks(sealer, config.APPLAUS_PUBLIC_URL);
  const nps = new NpsService(database, surveys, new CountReading(days), days);
  const counts = new AnswerCounts(days);
  const countFolding = new CountFolding(database);
  const countPast = new CountPast(database, days);
  const followUps = new FollowUpService(database, events);
  const responses = new ResponseService(database, events, contacts, surveys, counts, followUps);
  const batchWriter = new BatchWriter(database, events, contacts, attributeChanges, counts);
  const responseImport = new ResponseImport(database, clock, programs, surveys, batchWriter);
  const texts = new SurveyTextService(database);
  const waiting = new WaitingAnswers({ database, clock, random, events, counts, days });
  const kept = new KeptAnswers(followUps);
  const tokens = new AnswerTokens(sealer);
  const answering = new Answering({ database, clock, texts, links: surveyLinks, tokens, responses, waiting, kept });
  attributeChanges.follow((tx, programId, changes) => counts.follow(tx, programId, changes));
  events.followInside('program.created', (tx, { programId }) => surveys.addDefault(tx, programId));
  defineAnswers(personalData, counts);
  defineAnswerRetention(retention);
  nodes.register(Survey, (context, id) => surveys.find(context, id));
  nodes.register(NpsResponse, (context, id) => responses.find(context, id));
  return {
    services: {
      nps,
      surveys,
      surveyLinks,
      surveyTexts: texts,
      waitingAnswers: waiting,
      answering,
      responses,
      followUps,
      responseImport,
      batchWriter,
      countFolding,
      countPast,
    },
    resolvers: [
      new NpsResolver(nps),
      new SurveyResolver(surveys),
      new ProgramNpsResolver(),
      new SurveyTextResolver(texts),
      new AnsweringResolver(answering),
      new SurveyWaitingResolver(),
      new SurveyLinkResolver(new LinkService(database, contacts, surveys, surveyLinks)),
      new ResponseResolver(responses),
      new FollowUpResolver(followUps),
      new FollowUpAnswerResolver(),
      new ResponseFollowUpsResolver(),
      new RecordedFollowUpsResolver(),
      new SurveyFollowUpsResolver(),
      new SummaryFollowUpsResolver(new FollowUpStatistics(database)),
    ],
    jobs: [
      { name: 'nps.fold', everyMilliseconds: 1_000, doSome: () => countFolding.foldSome() },
      { name: 'nps.release', everyMilliseconds: 3_600_000, doSome: () => waiting.releaseSome() },
      { name: 'nps.countPast', everyMilliseconds: 2_000, doSome: () => countPast.countSome() },
    ],
  };
}
