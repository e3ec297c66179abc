import { Field, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { Node } from '../platform/graphql/node.js';

@ObjectType({
  implements: Node,
  description: 'A key by which a server of the program proves itself (role INTEGRATION).',
})
@Entity('api_key')
@Index('uq_api_key_hash', ['secretHash'], { unique: true })
@Index('ix_api_key_program', ['programId', 'id'])
export class ApiKey extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Field({ description: 'What the key is for, as the admin called it.' })
  @Stored('line', 'name')
  readonly name: string;

  @Field({ description: 'The first characters of the key, to tell it from others.' })
  @Stored('key', 'prefix')
  readonly prefix: string;

  /** SHA-256; the key has 256 bits of its own, so a slow hash would add nothing. */
  @Stored('key', 'secret_hash')
  readonly secretHash: string;

  @Field({ description: 'When it was made.' })
  @Stored('time', 'created_at')
  readonly createdAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it stopped working; null while it works.' })
  @Optional('time', 'revoked_at')
  readonly revokedAt: Date | null;
}
