import { Field, InputType } from 'type-graphql';
import { z } from 'zod';
import { rules, Validated } from '../platform/graphql/input.js';
import { NpsSchemeKey } from '../programs/nps-scheme-key.js';

@Validated(z.object({ key: rules.key, name: rules.line(), scheme: z.enum(NpsSchemeKey).nullish() }))
@InputType({ description: 'A survey to make.' })
export class SurveyCreateInput {
  @Field({ description: 'The name for programs: lower-case letters, digits and single hyphens, as in enps-2026.' })
  readonly key: string;

  @Field({ description: 'The name for people, at most 200 characters.' })
  readonly name: string;

  @Field(() => NpsSchemeKey, { nullable: true, description: "Its own scheme; the program's if left out." })
  readonly scheme?: NpsSchemeKey | null;
}
