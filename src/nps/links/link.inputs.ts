import { Field, InputType } from 'type-graphql';
import { z } from 'zod';
import { ContactInput, contactRules } from '../../contacts/contact.inputs.js';
import { rules, Validated } from '../../platform/graphql/input.js';
import { languageRule } from '../forms/survey-text.inputs.js';
import { defaultSurveyKey } from '../survey.entity.js';

@Validated(
  z.object({
    surveyKey: z.string().max(64, 'must not be longer than 64 characters'),
    contact: contactRules.nullish(),
    language: languageRule.nullish(),
    expiresAt: rules.time.nullish(),
    idempotencyKey: rules.idempotencyKey.nullish(),
  }),
)
@InputType({ description: 'A survey link to make.' })
export class SurveyLinkCreateInput {
  @Field({ defaultValue: defaultSurveyKey, description: 'The key of the survey that is asked.' })
  readonly surveyKey: string = defaultSurveyKey;

  @Field(() => ContactInput, {
    nullable: true,
    description: 'Who is asked; made if the program does not know them yet. Only an anonymous survey can do without.',
  })
  readonly contact?: ContactInput | null;

  @Field(() => String, {
    nullable: true,
    description: 'The language to ask in, as in nl; that of the browser if left out.',
  })
  readonly language?: string | null;

  @Field(() => Date, {
    nullable: true,
    description: 'From when on it is not answered by any more: in 30 days if left out, in a year at most.',
  })
  readonly expiresAt?: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'Any text of the caller; the same key again answers with the same link.',
  })
  readonly idempotencyKey?: string | null;
}
