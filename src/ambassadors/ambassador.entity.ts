import { Field, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { Node } from '../platform/graphql/node.js';

@ObjectType({ implements: Node, description: 'A contact who joined the program.' })
@Entity('ambassador')
@Index('uq_ambassador_contact', ['contactId'], { unique: true })
@Index('ix_ambassador_program', ['programId', 'id'])
export class Ambassador extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('id', 'contact_id')
  readonly contactId: string;

  /** Shown to a caller by `nameShown` alone. */
  /** Empty for who was erased; the API says something neutral then. */
  @Stored('line', 'display_name')
  readonly displayName: string;

  /** The name as it is searched: lower case, without accents. */
  @Stored('line', 'search_text')
  readonly searchText: string;

  @Field(() => String, {
    nullable: true,
    description: 'The language it wants to be written to in, as in nl or nl-BE; null where nobody has said.',
  })
  @Optional('key', 'language')
  readonly language: string | null;

  /** Since when it keeps its profile private; null while everybody in the program sees its name. */
  @Optional('time', 'private_since')
  readonly privateSince: Date | null;

  @Field({ description: 'When the contact joined.' })
  @Stored('time', 'joined_at')
  readonly joinedAt: Date;

  @Field({
    description: 'Whether it keeps its profile private: others than itself and staff see a neutral text as its name.',
  })
  isPrivate(): boolean {
    return this.privateSince !== null;
  }
  @Field(() => Date, {
    nullable: true,
    description: 'When the person was erased: the numbers stay, and belong to nobody. Null for everybody else.',
  })
  @Optional('time', 'erased_at')
  readonly erasedAt: Date | null;

  /** For permissions: an ambassador belongs to itself. */
  get ambassadorId(): string {
    return this.id;
  }
}
