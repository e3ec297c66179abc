import type { AttributeChanges } from '../../contacts/attribute-changes.js';
import type { ContactService } from '../../contacts/contact.service.js';
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
import { BatchWriter } from '../../nps/import/batch-writer.js';
import { ResponseImport } from '../../nps/import/response-import.service.js';
import { NpsResolver } from '../../nps/nps.resolver.js';
import { NpsService } from '../../nps/nps.service.js';
import { NpsResponse } from '../../nps/response.entity.js';
import { ResponseResolver } from '../../nps/response.resolver.js';
import { ResponseService } from '../../nps/response.service.js';
import { Survey } from '../../nps/survey.entity.js';
import { ProgramNpsResolver, SurveyResolver } from '../../nps/survey.resolver.js';
import { SurveyService } from '../../nps/survey.service.js';
import type { ProgramService } from '../../programs/program.service.js';
import type { Kit } from './kit.js';

/** Surveys, their answers, and what these say. */
export function composeNps(
  { database, events, clock, nodes }: Kit,
  {
    programs,
    contacts,
    attributeChanges,
  }: {
    readonly programs: ProgramService;
    readonly contacts: ContactService;
    readonly attributeChanges: AttributeChanges;
  },
) {
  const surveys = new SurveyService(database);
  const days = new Days();
  const nps = new NpsService(database, surveys, new CountReading(days), days);
  const counts = new AnswerCounts(days);
  const countFolding = new CountFolding(database);
  const countPast = new CountPast(database, days);
  const followUps = new FollowUpService(database, events);
  const responses = new ResponseService(database, events, contacts, surveys, counts, followUps);
  const batchWriter = new BatchWriter(database, events, contacts, attributeChanges, counts);
  const responseImport = new ResponseImport(database, clock, programs, surveys, batchWriter);
  attributeChanges.follow((tx, programId, changes) => counts.follow(tx, programId, changes));
  events.followInside('program.created', (tx, { programId }) => surveys.addDefault(tx, programId));
  nodes.register(Survey, (context, id) => surveys.find(context, id));
  nodes.register(NpsResponse, (context, id) => responses.find(context, id));
  return {
    services: { nps, surveys, responses, followUps, responseImport, batchWriter, countFolding, countPast },
    resolvers: [
      new NpsResolver(nps),
      new SurveyResolver(surveys),
      new ProgramNpsResolver(),
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
      { name: 'nps.countPast', everyMilliseconds: 2_000, doSome: () => countPast.countSome() },
    ],
  };
}
