import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../identity/session.js';
import { Survey } from '../survey.entity.js';
import { formOf, SurveyForm } from './survey-form.js';
import { SurveyText } from './survey-text.entity.js';
import { LanguageArgs, SurveyTextSetInput } from './survey-text.inputs.js';
import { SurveyTextSetResult } from './survey-text.results.js';
import { SurveyTextService, textsOf } from './survey-text.service.js';

@Resolver(() => Survey)
export class SurveyTextResolver {
  constructor(private readonly service: SurveyTextService) {}

  @Mutation(() => SurveyTextSetResult, {
    description: 'Says what a survey asks in the own words of the program, in one language. For admins.',
  })
  surveyTextSet(
    @Ctx() context: RequestContext,
    @Arg('input', () => SurveyTextSetInput) input: SurveyTextSetInput,
  ): Promise<typeof SurveyTextSetResult> {
    return this.service.set(context, input);
  }

  @FieldResolver(() => [SurveyText], {
    description: 'What it says in the own words of the program, by language; at most 30.',
  })
  texts(@Root() { id }: Survey, @Ctx() { database }: RequestContext): Promise<SurveyText[]> {
    return database.read((db) => textsOf(db, id));
  }

  @FieldResolver(() => SurveyForm, { description: 'What it asks, as its page does.' })
  async form(
    @Root() survey: Survey,
    @Ctx() { database, locale }: RequestContext,
    @Args(() => LanguageArgs) { language }: LanguageArgs,
  ): Promise<SurveyForm> {
    return formOf(await database.read((db) => this.service.words(db, survey, [language, locale])));
  }
}
