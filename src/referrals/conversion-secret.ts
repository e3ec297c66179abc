import { Arg, Ctx, createUnionType, Field, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { z } from 'zod';
import type { RequestContext } from '../identity/session.js';
import { Stored } from '../platform/database/columns.js';
import type { Database } from '../platform/database/database.js';
import { Validated } from '../platform/graphql/input.js';
import { InputInvalid, SecretKeyMissing } from '../platform/graphql/problem.js';
import { Url } from '../platform/graphql/scalars.js';
import type { Sealer } from '../platform/sealed.js';
import {
  newWebhookSecret,
  previousWorksHoursRule,
  previousWorksUntil,
  SealedSecret,
  SealedSecrets,
} from '../platform/sealed-secrets.js';

/** What a shop signs its conversions with. */
@Entity('conversion_secret')
@Index('ix_conversion_secret_program', ['programId', 'id'])
export class ConversionSecret extends SealedSecret {
  @Stored('id', 'program_id')
  readonly programId: string;
}

@Validated(z.object({ previousWorksHours: previousWorksHoursRule }))
@InputType({ description: 'A new secret for the webhook of conversions.' })
export class ConversionSecretRotateInput {
  @Field(() => Int, {
    nullable: true,
    description: 'For how many hours the secret before it still works, 0 to 168; 24 if left out, 0 where it leaked.',
  })
  readonly previousWorksHours?: number | null;
}

@ObjectType({ description: 'The webhook of conversions has a new secret.' })
export class ConversionSecretRotated {
  @Field({ description: 'The secret, as whsec_…, by Standard Webhooks. It is shown once.' })
  readonly secret: string;

  @Field(() => Url, { description: 'Where to send conversions and refunds.' })
  readonly url: string;

  constructor(secret: string, url: string) {
    this.secret = secret;
    this.url = url;
  }
}

export const ConversionSecretRotateResult = createUnionType({
  name: 'ConversionSecretRotateResult',
  description: 'What conversionSecretRotate answers.',
  types: () => [ConversionSecretRotated, SecretKeyMissing, InputInvalid] as const,
});

/** The secrets by which shops prove that a conversion is theirs. */
export class ConversionSecrets {
  private readonly secrets: SealedSecrets<ConversionSecret>;

  constructor(
    private readonly database: Database,
    sealer: Sealer,
    private readonly publicUrl: string,
  ) {
    const place = { table: 'conversion_secret', ownerColumn: 'program_id', name: 'conversionSecret' };
    this.secrets = new SealedSecrets(database, sealer, ConversionSecret, place);
  }

  /** Makes a secret; the one before it works on for a while, so that no order is lost on the way. */
  async rotate(
    context: RequestContext,
    { previousWorksHours }: ConversionSecretRotateInput,
  ): Promise<ConversionSecretRotated | SecretKeyMissing> {
    context.session.require('webhook.manage');
    if (!this.secrets.isReady) return new SecretKeyMissing();
    const { id: programId, slug } = context.session.program;
    const secret = newWebhookSecret();
    await this.database.transact((tx) => {
      const until = previousWorksUntil(tx.now, previousWorksHours);
      return this.secrets.replace(tx, programId, { secret, until, rest: { programId } });
    });
    return new ConversionSecretRotated(secret, `${this.publicUrl}/webhooks/conversions?program=${slug}`);
  }

  /** The secrets of a program that work at that time, the newest first; none where it has no secret. */
  validAt(programId: string, now: Date): Promise<readonly string[]> {
    return this.secrets.validAt(programId, now);
  }

  /** Seals anew some secrets that another key than the newest sealed; answers how many. */
  resealSome(): Promise<number> {
    return this.secrets.resealSome();
  }
}

@Resolver()
export class ConversionSecretResolver {
  constructor(private readonly secrets: ConversionSecrets) {}

  @Mutation(() => ConversionSecretRotateResult, {
    description: 'Makes a secret for POST /webhooks/conversions, the first one or a new one. For admins.',
  })
  conversionSecretRotate(
    @Ctx() context: RequestContext,
    @Arg('input', () => ConversionSecretRotateInput) input: ConversionSecretRotateInput,
  ): Promise<typeof ConversionSecretRotateResult> {
    return this.secrets.rotate(context, input);
  }
}
