import { Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { rules, Validated } from '../../platform/graphql/input.js';
import { languageRule } from '../forms/survey-text.inputs.js';
import { FollowUpKind } from './follow-up.entity.js';

/** No survey that people finish asks more. */
export const questionsMax = 20;
const textCharactersMax = 2_000;

/** Which questions there are, and up to which number, is for the service to say. */
export const followUpAnswersRules = z
  .array(
    z
      .object({
        key: z.string().max(64, 'must not be longer than 64 characters'),
        number: z.number().int().min(0, 'must be 0 or more').nullish(),
        text: rules.text(textCharactersMax).min(1, 'must not be empty').nullish(),
      })
      .refine(({ number, text }) => (typeof number === 'number') !== (typeof text === 'string'), {
        error: 'must have either a number or a text',
      }),
  )
  .max(questionsMax, `must not be more than ${questionsMax} answers`)
  .refine((answers) => new Set(answers.map(({ key }) => key)).size === answers.length, {
    error: 'must not answer a question twice',
  });

@InputType({ description: 'An answer to one follow-up question: a number or a text, as the question asks for.' })
export class FollowUpAnswerInput {
  @Field({ description: 'The key of the question: ssm, ifm, or one of the own ones of the survey.' })
  readonly key: string;

  @Field(() => Int, { nullable: true, description: 'A whole number, 0 or more.' })
  readonly number?: number | null;

  @Field(() => String, { nullable: true, description: 'Words, at most 2,000 characters.' })
  readonly text?: string | null;
}

@Validated(
  z.object({ responseId: rules.globalId, answers: followUpAnswersRules.min(1, 'must have at least one answer') }),
)
@InputType({ description: 'Answers to follow-up questions, after the score.' })
export class FollowUpRecordInput {
  @Field(() => ID, { description: 'The answer to the NPS question that they follow.' })
  readonly responseId: string;

  @Field(() => [FollowUpAnswerInput], {
    description: 'At most 20; what was answered to the same question is replaced.',
  })
  readonly answers: readonly FollowUpAnswerInput[];
}

@Validated(
  z.object({
    surveyKey: z.string().max(64, 'must not be longer than 64 characters'),
    key: rules.key,
    kind: z.enum(FollowUpKind).nullish(),
    text: rules.line(500).nullish(),
    language: languageRule.nullish(),
    highestNumber: z.number().int().min(1, 'must be 1 or more').max(1_000_000, 'must be 1,000,000 or less').nullish(),
    isAsked: z.boolean().nullish(),
  }),
)
@InputType({ description: 'A follow-up question to add to a survey or to change; what is left out stays as it is.' })
export class FollowUpQuestionSetInput {
  @Field({ description: 'The key of the survey.' })
  readonly surveyKey: string;

  @Field({ description: 'The key of the question: lower-case letters, digits and single hyphens.' })
  readonly key: string;

  @Field(() => FollowUpKind, {
    nullable: true,
    description: 'What it is answered with. For a new question; TEXT if left out.',
  })
  readonly kind?: FollowUpKind | null;

  @Field(() => String, {
    nullable: true,
    description: 'The question in words; needed for a new one. Null gives ssm and ifm our own words again.',
  })
  readonly text?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The language that the text is in, as in nl; if left out, the text is for whoever has none of their own.',
  })
  readonly language?: string | null;

  @Field(() => Int, { nullable: true, description: 'The highest number to take, where it is answered by one.' })
  readonly highestNumber?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it is asked; what was answered before is kept.' })
  readonly isAsked?: boolean | null;
}
