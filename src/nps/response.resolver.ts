import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Contact } from '../contacts/contact.entity.js';
import type { RequestContext } from '../identity/session.js';
import { NpsBand } from '../programs/nps-band.js';
import { requireSurvey, schemeOfSurvey } from './nps.loaders.js';
import { NpsResponse } from './response.entity.js';
import { NpsResponseRecordInput } from './response.inputs.js';
import { NpsResponseRecorded, NpsResponseRecordResult } from './response.results.js';
import { ResponseService } from './response.service.js';
import { bandOf } from './scheme.js';
import { Survey } from './survey.entity.js';

@Resolver(() => NpsResponse)
export class ResponseResolver {
  constructor(private readonly responses: ResponseService) {}

  @Mutation(() => NpsResponseRecordResult, {
    description:
      'Records an answer to a survey, and says what to ask the respondent next. For admins and servers of the program.',
  })
  async npsResponseRecord(
    @Ctx() context: RequestContext,
    @Arg('input', () => NpsResponseRecordInput) input: NpsResponseRecordInput,
  ): Promise<typeof NpsResponseRecordResult> {
    const result = await this.responses.record(context, input);
    return result instanceof NpsResponse ? new NpsResponseRecorded(result) : result;
  }

  @FieldResolver(() => NpsBand, { description: "The band that the score falls in, by the survey's scheme." })
  async band(@Root() response: NpsResponse, @Ctx() context: RequestContext): Promise<NpsBand> {
    const scheme = await schemeOfSurvey(context, await requireSurvey(context, response.surveyId));
    return bandOf(scheme, response.score);
  }

  @FieldResolver(() => Survey, { description: 'The survey that was answered.' })
  survey(@Root() response: NpsResponse, @Ctx() context: RequestContext): Promise<Survey> {
    return requireSurvey(context, response.surveyId);
  }

  @FieldResolver(() => Contact, {
    nullable: true,
    description: 'Who answered; null where the survey is anonymous. For the respondent itself and staff.',
  })
  contact(@Root() response: NpsResponse, @Ctx() context: RequestContext): Promise<Contact | undefined> {
    return this.responses.contactOf(context, response);
  }
}
