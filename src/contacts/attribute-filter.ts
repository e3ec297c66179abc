import { Field, InputType } from 'type-graphql';
import { z } from 'zod';
import { attributeName } from './contact.inputs.js';

export const attributeFilterRules = z.object({
  name: attributeName,
  value: z.string().min(1, 'must not be empty').max(255, 'must not be longer than 255 characters'),
});

@InputType({ description: 'Contacts that have an attribute with this value.' })
export class AttributeFilter {
  @Field({ description: 'The name of the attribute, as in market.' })
  readonly name: string;

  @Field({ description: 'Its value as text, exactly: NL, 40, true.' })
  readonly value: string;
}
