import { ArgsType, Field } from 'type-graphql';
import { z } from 'zod';
import { PageArgs, pageRules } from '../platform/graphql/connection.js';
import { Validated } from '../platform/graphql/input.js';
import { everyGate, SuperpromoterGateKey } from './gate.js';

@Validated(
  pageRules.extend({
    gates: z
      .array(z.enum(SuperpromoterGateKey))
      .min(1, 'must name at least one gate')
      .max(3, 'must name each gate once'),
  }),
)
@ArgsType()
export class SuperpromotersArgs extends PageArgs {
  @Field(() => [SuperpromoterGateKey], {
    defaultValue: everyGate,
    description: 'Those who pass these gates, whatever the others; all three are what makes a superpromoter.',
  })
  readonly gates: readonly SuperpromoterGateKey[] = everyGate;
}
