import {
  Arg,
  Args,
  Ctx,
  createUnionType,
  Field,
  FieldResolver,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import type { RequestContext } from '../identity/session.js';
import { connectionOf, PageArgs } from '../platform/graphql/connection.js';
import { InputInvalid, NotFound } from '../platform/graphql/problem.js';
import { Program } from '../programs/program.entity.js';
import { schemeOfSurvey } from './nps.loaders.js';
import { NpsScheme, schemeOf } from './scheme.js';
import { Survey } from './survey.entity.js';
import { SurveyCreateInput, SurveyUpdateInput } from './survey.inputs.js';
import { SurveyService } from './survey.service.js';

@ObjectType({ description: 'A page of surveys.' })
export class SurveyConnection extends connectionOf(Survey) {}

@ObjectType({ description: 'The survey is there, and takes answers.' })
export class SurveyCreated {
  @Field(() => Survey, { description: 'The new survey.' })
  readonly survey: Survey;

  constructor(survey: Survey) {
    this.survey = survey;
  }
}

@ObjectType({ description: 'The survey is as it was wished.' })
export class SurveyUpdated {
  @Field(() => Survey, { description: 'The survey as it is now.' })
  readonly survey: Survey;

  constructor(survey: Survey) {
    this.survey = survey;
  }
}

export const SurveyUpdateResult = createUnionType({
  name: 'SurveyUpdateResult',
  description: 'What surveyUpdate answers.',
  types: () => [SurveyUpdated, InputInvalid, NotFound] as const,
});

export const SurveyCreateResult = createUnionType({
  name: 'SurveyCreateResult',
  description: 'What surveyCreate answers.',
  types: () => [SurveyCreated, InputInvalid] as const,
});

@Resolver(() => Survey)
export class SurveyResolver {
  constructor(private readonly service: SurveyService) {}

  @Query(() => SurveyConnection, { description: 'The surveys of the program, by their keys. For staff and servers.' })
  async surveys(@Ctx() context: RequestContext, @Args(() => PageArgs) args: PageArgs): Promise<SurveyConnection> {
    return new SurveyConnection(await this.service.list(context, args));
  }

  @Mutation(() => SurveyCreateResult, { description: 'Makes a survey that answers can be recorded under. For admins.' })
  async surveyCreate(
    @Ctx() context: RequestContext,
    @Arg('input', () => SurveyCreateInput) input: SurveyCreateInput,
  ): Promise<typeof SurveyCreateResult> {
    const result = await this.service.create(context, input);
    return result instanceof Survey ? new SurveyCreated(result) : result;
  }

  @Mutation(() => SurveyUpdateResult, {
    description: 'Changes what a survey is called, and how its page looks. For admins.',
  })
  async surveyUpdate(
    @Ctx() context: RequestContext,
    @Arg('input', () => SurveyUpdateInput) input: SurveyUpdateInput,
  ): Promise<typeof SurveyUpdateResult> {
    const result = await this.service.update(context, input);
    return result instanceof Survey ? new SurveyUpdated(result) : result;
  }

  @FieldResolver(() => NpsScheme, {
    description: "How its scores fall in bands: its own scheme, or else the program's.",
  })
  scheme(@Root() survey: Survey, @Ctx() context: RequestContext): Promise<NpsScheme> {
    return schemeOfSurvey(context, survey);
  }
}

@Resolver(() => Program)
export class ProgramNpsResolver {
  @FieldResolver(() => NpsScheme, {
    description: 'How scores fall in bands, where a survey has no scheme of its own.',
  })
  npsScheme(@Root() program: Program): NpsScheme {
    return schemeOf(program);
  }
}
