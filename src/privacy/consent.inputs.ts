import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { ContactInput, contactRules } from '../contacts/contact.inputs.js';
import { rules, Validated } from '../platform/graphql/input.js';
import { ConsentBasis, ConsentDecision, ConsentPurpose, everyPurpose } from './consent.entity.js';

@Validated(
  z.object({
    contact: contactRules.nullish(),
    contactId: rules.globalId.nullish(),
    source: rules.line(200).nullish(),
    textVersion: rules.line(64).nullish(),
    idempotencyKey: rules.idempotencyKey.nullish(),
  }),
)
@InputType({
  description: 'What somebody decided about a purpose. Without contact and contactId: what the caller did.',
})
export class ConsentRecordInput {
  @Field(() => ID, { nullable: true, description: 'The contact who decided.' })
  readonly contactId?: string | null;

  @Field(() => ContactInput, {
    nullable: true,
    description: 'The same by externalId or e-mail address; made if the program does not know them yet.',
  })
  readonly contact?: ContactInput | null;

  @Field(() => ConsentPurpose, { description: 'What it is about.' })
  readonly purpose: ConsentPurpose;

  @Field(() => ConsentDecision, { description: 'What was decided.' })
  readonly decision: ConsentDecision;

  @Field(() => String, {
    nullable: true,
    description: 'Where it was given, as in "newsletter form"; at most 200 characters.',
  })
  readonly source?: string | null;

  @Field(() => String, { nullable: true, description: 'Which version of the text was shown; at most 64 characters.' })
  readonly textVersion?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Any text of the caller; the same key again answers with the first result.',
  })
  readonly idempotencyKey?: string | null;
}

@InputType({ description: 'What is to hold for those who have not decided about a purpose.' })
export class ConsentRuleInput {
  @Field(() => ConsentPurpose, { description: 'The purpose.' })
  readonly purpose: ConsentPurpose;

  @Field(() => ConsentBasis, { description: 'What holds without a decision.' })
  readonly basis: ConsentBasis;
}

@Validated(
  z.object({
    rules: z
      .array(z.object({ purpose: z.enum(ConsentPurpose), basis: z.enum(ConsentBasis) }))
      .max(everyPurpose.length, `must not hold more than ${everyPurpose.length} rules`)
      .refine((list) => new Set(list.map(({ purpose }) => purpose)).size === list.length, {
        error: 'must not hold the same purpose twice',
      }),
  }),
)
@InputType({ description: 'What is to hold in the program without a decision; purposes that are left out stay.' })
export class ConsentPolicySetInput {
  @Field(() => [ConsentRuleInput], { description: 'The purposes to change, each once.' })
  readonly rules: readonly ConsentRuleInput[];
}
