import { Field, InputType } from 'type-graphql';
import { z } from 'zod';
import { rules, Validated } from '../platform/graphql/input.js';
import { EmailAddress } from '../platform/graphql/scalars.js';

@Validated(
  z
    .object({
      messageId: rules.line(255).nullish(),
      email: rules.email.nullish(),
      reason: z
        .string()
        .regex(
          /^\d{3}( \d\.\d{1,3}\.\d{1,3})?$|^\d\.\d{1,3}\.\d{1,3}$/,
          'must be a code such as 550, 5.1.1 or 550 5.1.1',
        )
        .nullish(),
    })
    .refine(({ messageId, email }) => messageId || email, {
      path: ['messageId'],
      error: 'messageId or email is needed to know which mail came back',
    }),
)
@InputType({
  description: 'A mail that came back for good, as the provider tells. At least one of messageId and email.',
})
export class MailBounceRecordInput {
  @Field(() => String, {
    nullable: true,
    description: 'The Message-ID of the mail that came back; goes before the address.',
  })
  readonly messageId?: string | null;

  @Field(() => EmailAddress, { nullable: true, description: 'The address that took no mail.' })
  readonly email?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The code that the provider gave (RFC 3463), as in 550 5.1.1; no words: they quote addresses.',
  })
  readonly reason?: string | null;
}
