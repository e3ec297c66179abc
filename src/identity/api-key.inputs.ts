import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { rules, Validated } from '../platform/graphql/input.js';

@Validated(z.object({ name: rules.line(80) }))
@InputType({ description: 'The key to make.' })
export class ApiKeyCreateInput {
  @Field({ description: 'What the key is for, as in "web shop"; at most 80 characters.' })
  readonly name: string;
}

@Validated(z.object({ apiKeyId: rules.globalId }))
@InputType({ description: 'The key that shall not work any more.' })
export class ApiKeyRevokeInput {
  @Field(() => ID, { description: 'The id of the key; never its secret.' })
  readonly apiKeyId: string;
}
