import { Field, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { Node } from '../platform/graphql/node.js';
import { EmailAddress } from '../platform/graphql/scalars.js';
import { ReferralChannel } from './referral.sources.js';

@ObjectType({
  implements: Node,
  description:
    'A friend whom an ambassador named beforehand. It reserves nothing: it counts when the friend names this ambassador, or nobody.',
})
@Entity('referral_nomination')
@Index('uq_referral_nomination', ['ambassadorId', 'friendKey'], { unique: true })
@Index('ix_referral_nomination_friend', ['programId', 'friendKey'])
@Index('ix_referral_nomination_expiry', ['expiresAt'])
@Index('ix_referral_nomination_referral', ['referralId'])
export class ReferralNomination extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  /** Who named the friend. */
  @Stored('id', 'ambassador_id')
  readonly ambassadorId: string;

  /** A fingerprint to know the friend by. The address itself is not kept: the friend has agreed to nothing yet. */
  @Stored('key', 'friend_key')
  readonly friendKey: string;

  @Field({ description: 'What the ambassador calls the friend.' })
  @Stored('line', 'friend_name')
  readonly friendName: string;

  @Field({ description: 'When the friend was named.' })
  @Stored('time', 'nominated_at')
  readonly nominatedAt: Date;

  @Field({ description: 'Until when it waits for the friend; then it is forgotten.' })
  @Stored('time', 'expires_at')
  readonly expiresAt: Date;

  /** The referral that came of it. */
  @Optional('id', 'referral_id')
  readonly referralId: string | null;
}

@ObjectType({
  implements: Node,
  description: 'A friend who said by name who sent them. It waits until an ambassador or staff confirms it.',
})
@Entity('referral_claim')
@Index('uq_referral_claim_friend', ['programId', 'friendKey'], { unique: true })
@Index('ix_referral_claim_program', ['programId', 'id'])
@Index('ix_referral_claim_expiry', ['expiresAt'])
export class ReferralClaim extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('key', 'friend_key')
  readonly friendKey: string;

  @Field(() => String, { nullable: true, description: 'What the owner of the program calls the friend.' })
  @Optional('line', 'friend_external_id')
  readonly friendExternalId: string | null;

  @Field(() => EmailAddress, { nullable: true, description: 'The address of the friend.' })
  @Optional('line', 'friend_email')
  readonly friendEmail: string | null;

  @Field(() => String, { nullable: true, description: 'The name of the friend.' })
  @Optional('line', 'friend_name')
  readonly friendName: string | null;

  @Field({ description: 'Whom the friend named.' })
  @Stored('line', 'referrer_name')
  readonly referrerName: string;

  @Field(() => ReferralChannel, { description: 'Over which channel the friend heard.' })
  @Stored('key', 'channel')
  readonly channel: ReferralChannel;

  /** When staff said that it leads to nobody; null until then. */
  @Optional('time', 'dismissed_at')
  readonly dismissedAt: Date | null;

  @Field({ description: 'When the friend said so.' })
  @Stored('time', 'claimed_at')
  readonly claimedAt: Date;

  @Field({ description: 'Until when it waits; then it is forgotten.' })
  @Stored('time', 'expires_at')
  readonly expiresAt: Date;
}
