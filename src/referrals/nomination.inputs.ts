import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { ContactInput, contactRules } from '../contacts/contact.inputs.js';
import { rules, Validated } from '../platform/graphql/input.js';
import { EmailAddress } from '../platform/graphql/scalars.js';
import { ReferralChannel } from './referral.sources.js';

@Validated(z.object({ friend: contactRules, friendName: rules.line(80) }))
@InputType({ description: 'A friend whom the calling ambassador has told, or will tell.' })
export class ReferralNominateInput {
  @Field(() => ContactInput, {
    description: 'What the friend will be known by, as an e-mail address. Only a fingerprint of it is kept.',
  })
  readonly friend: ContactInput;

  @Field({ description: 'What to call the friend in your own list, at most 80 characters.' })
  readonly friendName: string;
}

@Validated(
  z.object({
    friend: contactRules,
    referrerName: rules.line(80),
    referrerEmail: rules.email.nullish(),
    channel: z.enum(ReferralChannel).nullish(),
  }),
)
@InputType({ description: '"Who sent you?", answered with a name.' })
export class ReferralClaimInput {
  @Field(() => ContactInput, { description: 'The friend, who is asked.' })
  readonly friend: ContactInput;

  @Field({ description: 'The name of the ambassador, as the friend knows it; a part of it will do.' })
  readonly referrerName: string;

  @Field(() => EmailAddress, { nullable: true, description: 'The address of the ambassador, if the friend knows it.' })
  readonly referrerEmail?: string | null;

  @Field(() => ReferralChannel, {
    nullable: true,
    description: 'Over which channel the friend heard; SPOKEN if left out.',
  })
  readonly channel?: ReferralChannel | null;
}

@Validated(z.object({ claimId: rules.globalId, ambassadorId: rules.globalId }))
@InputType({ description: 'Who was meant by a name.' })
export class ReferralClaimSettleInput {
  @Field(() => ID, { description: 'The claim.' })
  readonly claimId: string;

  @Field(() => ID, { description: 'The ambassador who was meant; `ambassadors(search:)` finds them by name.' })
  readonly ambassadorId: string;
}

@Validated(z.object({ claimId: rules.globalId }))
@InputType({ description: 'A claim that leads to nobody.' })
export class ReferralClaimDismissInput {
  @Field(() => ID, { description: 'The claim.' })
  readonly claimId: string;
}
