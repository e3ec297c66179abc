import { Field, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { ContactInput, contactRules } from '../contacts/contact.inputs.js';
import { rules, Validated } from '../platform/graphql/input.js';
import { FollowUpAnswerInput, followUpAnswersRules } from './followups/follow-up.inputs.js';
import { defaultSurveyKey } from './survey.entity.js';

/** No answer to any survey is older; what claims to be is a wrong date. */
const earliest = new Date('1970-01-01T00:00:00Z');

@Validated(
  z.object({
    // Which keys there are is for the service to say: any other is not found.
    surveyKey: z.string().max(64, 'must not be longer than 64 characters'),
    contact: contactRules,
    score: z.number().int(),
    comment: rules.text().nullish(),
    respondedAt: rules.time.min(earliest, 'must not be before 1970').nullish(),
    followUps: followUpAnswersRules.nullish(),
    idempotencyKey: rules.idempotencyKey.nullish(),
  }),
)
@InputType({ description: 'An answer to the NPS question.' })
export class NpsResponseRecordInput {
  @Field({ defaultValue: defaultSurveyKey, description: 'The key of the survey that was answered.' })
  readonly surveyKey: string = defaultSurveyKey;

  @Field(() => ContactInput, { description: 'Who answered; made if the program does not know them yet.' })
  readonly contact: ContactInput;

  @Field(() => Int, { description: "The score, from the lowest to the highest of the survey's scheme." })
  readonly score: number;

  @Field(() => String, {
    nullable: true,
    description: 'What the respondent added in words, at most 10,000 characters.',
  })
  readonly comment?: string | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When the answer was given: now if left out, at most a day ahead. A contact has one answer a moment.',
  })
  readonly respondedAt?: Date | null;

  @Field(() => [FollowUpAnswerInput], {
    nullable: true,
    description:
      'What was answered to the follow-up questions, as in [{key: "ssm", number: 3}]; followUpRecord takes them later.',
  })
  readonly followUps?: readonly FollowUpAnswerInput[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Any text of the caller; the same key again answers with the first result.',
  })
  readonly idempotencyKey?: string | null;
}
