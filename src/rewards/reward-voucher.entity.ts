import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';

/** Free -> reserved with the redemption -> shown to the buyer, once; free again where the redemption is cancelled. */
export type RewardVoucherState = 'FREE' | 'RESERVED' | 'SHOWN';

/** One code of a VOUCHER reward, which one buyer gets. */
@Entity('reward_voucher')
@Index('uq_reward_voucher', ['programId', 'fingerprint'], { unique: true })
@Index('uq_reward_voucher_redemption', ['redemptionId'], { unique: true })
@Index('ix_reward_voucher_reward', ['rewardId', 'state', 'id'])
@Index('ix_reward_voucher_key', ['keyId'])
export class RewardVoucher {
  @IdColumn()
  readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('id', 'reward_id')
  readonly rewardId: string;

  /** Tells equal codes apart without opening them. */
  @Stored('key', 'fingerprint')
  readonly fingerprint: string;

  /** The code, sealed; null once it was shown. */
  @Optional('text', 'sealed_code')
  readonly sealedCode: string | null;

  /** The key that sealed it; null once it was shown. */
  @Optional('key', 'key_id')
  readonly keyId: string | null;

  @Stored('key', 'state')
  readonly state: RewardVoucherState;

  /** Who bought it; null while it is free. */
  @Optional('id', 'redemption_id')
  readonly redemptionId: string | null;

  @Optional('time', 'shown_at')
  readonly shownAt: Date | null;
}
