import { randomBytes } from 'node:crypto';
import sql from 'sql-template-tag';
import { Webhook } from 'standardwebhooks';
import { Arg, Ctx, createUnionType, Field, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { z } from 'zod';
import type { RequestContext } from '../identity/session.js';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import type { Database } from '../platform/database/database.js';
import { Validated } from '../platform/graphql/input.js';
import { InputInvalid, SecretKeyMissing } from '../platform/graphql/problem.js';
import { Url } from '../platform/graphql/scalars.js';
import type { Sealer } from '../platform/sealed.js';

const secretPrefix = 'whsec_';
const secretBytes = 32;
const hourMilliseconds = 3_600_000;
const hoursMax = 168;
const hoursUsual = 24;
/** Secrets of one program that work at the same time; beyond it the oldest end. */
const secretsMax = 5;

/** What a shop signs its conversions with. */
@Entity('conversion_secret')
@Index('ix_conversion_secret_program', ['programId', 'id'])
export class ConversionSecret {
  @IdColumn()
  readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('text', 'sealed_secret')
  readonly sealedSecret: string;

  /** The key that sealed it. */
  @Stored('key', 'key_id')
  readonly keyId: string;

  @Stored('time', 'created_at')
  readonly createdAt: Date;

  /** When it stops working; null for the newest. */
  @Optional('time', 'expires_at')
  readonly expiresAt: Date | null;
}

@Validated(
  z.object({ previousWorksHours: z.number().int().min(0).max(hoursMax, `must be ${hoursMax} or less`).nullish() }),
)
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
  constructor(
    private readonly database: Database,
    private readonly sealer: Sealer,
    private readonly publicUrl: string,
  ) {}

  /** Makes a secret; the one before it works on for a while, so that no order is lost on the way. */
  async rotate(
    context: RequestContext,
    { previousWorksHours }: ConversionSecretRotateInput,
  ): Promise<ConversionSecretRotated | SecretKeyMissing> {
    context.session.require('webhook.manage');
    if (!this.sealer.isReady) return new SecretKeyMissing();
    const { id: programId, slug } = context.session.program;
    const secret = secretPrefix + randomBytes(secretBytes).toString('base64');
    await this.database.transact(async (tx) => {
      const until = new Date(tx.now.getTime() + (previousWorksHours ?? hoursUsual) * hourMilliseconds);
      await tx.execute(sql`
        UPDATE conversion_secret SET expires_at = ${until}
        WHERE program_id = ${programId} AND (expires_at IS NULL OR expires_at > ${until})`);
      await tx.execute(sql`DELETE FROM conversion_secret WHERE program_id = ${programId} AND expires_at <= ${tx.now}`);
      const id = tx.newId();
      const sealedSecret = this.sealer.seal(secret, placeOf(id));
      await tx.insert(ConversionSecret, { id, programId, sealedSecret, keyId: this.sealer.keyId, createdAt: tx.now });
    });
    return new ConversionSecretRotated(secret, `${this.publicUrl}/webhooks/conversions?program=${slug}`);
  }

  /** What checks signatures of a program at that time, the newest secret first; none where it has no secret. */
  async verifiersOf(programId: string, now: Date): Promise<readonly Webhook[]> {
    const rows = await this.database.read((db) =>
      db.select(
        ConversionSecret,
        sql`WHERE program_id = ${programId} AND (expires_at IS NULL OR expires_at > ${now})
          ORDER BY id DESC LIMIT ${secretsMax}`,
      ),
    );
    return rows.map((row) => new Webhook(this.sealer.open(row.sealedSecret, placeOf(row.id))));
  }

  /** Seals anew some secrets that another key than the newest sealed; answers how many. */
  async resealSome(): Promise<number> {
    if (!this.sealer.isReady) return 0;
    const { keyId } = this.sealer;
    const old = sql`WHERE key_id <> ${keyId} LIMIT 100`;
    if (!(await this.database.read((db) => db.first(ConversionSecret, old)))) return 0;
    return this.database.transact(async (tx) => {
      const rows = await tx.select(ConversionSecret, sql`${old} ${tx.forUpdateSkipLocked}`);
      for (const { id, sealedSecret } of rows) {
        const sealed = this.sealer.seal(this.sealer.open(sealedSecret, placeOf(id)), placeOf(id));
        await tx.execute(
          sql`UPDATE conversion_secret SET sealed_secret = ${sealed}, key_id = ${keyId} WHERE id = ${id}`,
        );
      }
      return rows.length;
    });
  }
}

function placeOf(secretId: string): string {
  return `conversionSecret:${secretId}`;
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
