import { ArgsType, Field, Int } from 'type-graphql';
import { z } from 'zod';
import { defaultSurveyKey } from '../../nps/survey.entity.js';
import { Validated } from '../../platform/graphql/input.js';

@Validated(
  z.object({
    surveyKey: z.string().max(64, 'must not be longer than 64 characters'),
    fromScore: z.int().min(1, 'must be from 1 to 10').max(10, 'must be from 1 to 10').nullish(),
  }),
)
@ArgsType()
export class CommonThreadArgs {
  @Field({ defaultValue: defaultSurveyKey, description: 'The survey whose answers say who is enthusiastic.' })
  readonly surveyKey: string = defaultSurveyKey;

  @Field(() => Int, {
    nullable: true,
    description: "From this score on a contact is enthusiastic; from the survey's promoterFrom on if left out.",
  })
  readonly fromScore?: number | null;
}
