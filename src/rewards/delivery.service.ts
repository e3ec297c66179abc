import sql from 'sql-template-tag';
import type { Database } from '../platform/database/database.js';
import { InputInvalid, SecretKeyMissing } from '../platform/graphql/problem.js';
import type { IdempotentCall } from '../platform/idempotency/idempotency.js';
import type { Sealer } from '../platform/sealed.js';
import { addressRules, DeliveryAddress, type DeliveryAddressInput } from './delivery.js';
import { Redemption, type Reward } from './reward.entity.js';
import type { RewardRedeemInput } from './reward.inputs.js';

const resealedAtOnce = 200;

/** What a redemption needs to be handed over, and what its buyer alone was given: kept sealed, each tied to its row. */
export class Deliveries {
  constructor(
    private readonly database: Database,
    private readonly sealer: Sealer,
  ) {}

  /** Whether there is a key to keep anything with. */
  get isReady(): boolean {
    return this.sealer.isReady;
  }

  /** The key that seals now. */
  get keyId(): string {
    return this.sealer.keyId;
  }

  /** An address is given exactly where something is sent: none is kept that nobody needs. */
  issueOf(
    { kind }: Reward,
    address: DeliveryAddressInput | null | undefined,
  ): InputInvalid | SecretKeyMissing | undefined {
    if (kind === 'PHYSICAL' && !address) return InputInvalid.at(['deliverTo'], 'is needed: this reward is sent');
    if (kind !== 'PHYSICAL' && address) return InputInvalid.at(['deliverTo'], 'is not needed: this reward is not sent');
    return address && !this.isReady ? new SecretKeyMissing() : undefined;
  }

  /** The input as it is remembered with its idempotency key: without the address, of which a plain hash could be guessed. */
  remembered({ deliverTo, ...input }: RewardRedeemInput): IdempotentCall['input'] {
    if (!deliverTo || !this.isReady) return input;
    const text = JSON.stringify(addressRules.parse(deliverTo));
    const withFingerprint = { ...input, deliverTo: this.sealer.fingerprints(text, 'address')[0] };
    return withFingerprint;
  }

  sealAddress(redemptionId: string, address: DeliveryAddressInput): string {
    return this.sealer.seal(JSON.stringify(address), placeOf('address', redemptionId));
  }

  sealDelivery(redemptionId: string, delivery: string): string {
    return this.sealer.seal(delivery, placeOf('delivery', redemptionId));
  }

  /** Where to send it; null where nothing is sent, and once it is settled. */
  addressOf({ id, sealedAddress }: Redemption): DeliveryAddress | null {
    if (sealedAddress === null) return null;
    const address = addressRules.parse(JSON.parse(this.sealer.open(sealedAddress, placeOf('address', id))));
    const none = { postalCode: null, region: null, phone: null };
    return Object.assign(new DeliveryAddress(), none, address);
  }

  /** What its buyer sees of a fulfilled redemption: what it alone was given, or else what every buyer of the reward gets. */
  deliveryOf({ id, status, sealedDelivery }: Redemption, { deliveryText }: Reward): string | null {
    if (status !== 'FULFILLED') return null;
    return sealedDelivery === null ? deliveryText : this.sealer.open(sealedDelivery, placeOf('delivery', id));
  }

  /** Seals anew some of what another key than the newest sealed; answers how many. */
  async resealSome(): Promise<number> {
    if (!this.isReady) return 0;
    const { keyId } = this;
    const old = sql`WHERE key_id <> ${keyId} LIMIT ${resealedAtOnce}`;
    if (!(await this.database.read((db) => db.first(Redemption, old)))) return 0;
    return this.database.transact(async (tx) => {
      const redemptions = await tx.select(Redemption, sql`${old} ${tx.forUpdateSkipLocked}`);
      for (const redemption of redemptions) {
        await tx.execute(sql`
          UPDATE redemption SET sealed_address = ${this.sealedAnew('address', redemption.id, redemption.sealedAddress)},
            sealed_delivery = ${this.sealedAnew('delivery', redemption.id, redemption.sealedDelivery)}, key_id = ${keyId}
          WHERE id = ${redemption.id}`);
      }
      return redemptions.length;
    });
  }

  private sealedAnew(what: Sealed, redemptionId: string, sealed: string | null): string | null {
    const place = placeOf(what, redemptionId);
    return sealed === null ? null : this.sealer.seal(this.sealer.open(sealed, place), place);
  }
}

type Sealed = 'address' | 'delivery';

function placeOf(what: Sealed, redemptionId: string): string {
  return `redemption.${what}:${redemptionId}`;
}
