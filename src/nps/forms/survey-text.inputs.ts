import { ArgsType, Field, InputType } from 'type-graphql';
import { z } from 'zod';
import { rules, Validated } from '../../platform/graphql/input.js';

/** No program speaks more. */
export const languagesMax = 30;

/** A language as BCP 47 writes it in short: nl, en, pt-BR. */
export const languageRule = z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, 'must be a language such as nl, en or pt-BR');

@Validated(
  z.object({
    surveyKey: z.string().max(64, 'must not be longer than 64 characters'),
    language: languageRule,
    question: rules.line(300).nullish(),
    lowestLabel: rules.line(60).nullish(),
    highestLabel: rules.line(60).nullish(),
    promoterQuestion: rules.line(300).nullish(),
    passiveQuestion: rules.line(300).nullish(),
    detractorQuestion: rules.line(300).nullish(),
    thanks: rules.line(500).nullish(),
  }),
)
@InputType({ description: 'The own words of a survey in one language; what is left out stays, null gives ours again.' })
export class SurveyTextSetInput {
  @Field({ description: 'The key of the survey.' })
  readonly surveyKey: string;

  @Field({ description: 'The language, as in nl, en, de or pt-BR. Buttons are in Dutch or English.' })
  readonly language: string;

  @Field(() => String, { nullable: true, description: 'The question that the score answers, at most 300 characters.' })
  readonly question?: string | null;

  @Field(() => String, { nullable: true, description: 'What the lowest score means, at most 60 characters.' })
  readonly lowestLabel?: string | null;

  @Field(() => String, { nullable: true, description: 'What the highest score means, at most 60 characters.' })
  readonly highestLabel?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What promoters are asked after the score, at most 300 characters.',
  })
  readonly promoterQuestion?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What passives are asked after the score, at most 300 characters.',
  })
  readonly passiveQuestion?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What detractors are asked after the score, at most 300 characters.',
  })
  readonly detractorQuestion?: string | null;

  @Field(() => String, { nullable: true, description: 'What everybody reads at the end, at most 500 characters.' })
  readonly thanks?: string | null;
}

@Validated(z.object({ language: languageRule.nullish() }))
@ArgsType()
export class LanguageArgs {
  @Field(() => String, { nullable: true, description: 'In which language, as in nl; that of the caller if left out.' })
  readonly language?: string | null;
}
