import { Field, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { graphqlEnum } from '../platform/graphql/enums.js';
import { Node } from '../platform/graphql/node.js';

export const ErasureStatus = graphqlEnum('ErasureStatus', 'How far the erasure of a person is.', {
  REQUESTED: 'The person asked for it; contactErase carries it out.',
  RUNNING: 'Nobody can find the person any more; what they wrote is being taken out, a part at a time.',
  DONE: 'Nothing leads to the person any more.',
});
export type ErasureStatus = keyof typeof ErasureStatus;

export const ErasureGround = graphqlEnum('ErasureGround', 'Why a person is erased; after article 17 of the GDPR.', {
  PERSON_ASKED: 'The person asked for it.',
  CONSENT_WITHDRAWN: 'The person took back the consent that it rested on.',
  NO_LONGER_NEEDED: 'What it was kept for is over.',
  UNLAWFUL: 'It should never have been kept.',
  LEGAL_DUTY: 'A law asks for it.',
});
export type ErasureGround = keyof typeof ErasureGround;

/** That somebody is to be erased, or was: who it was is nowhere in it. */
@ObjectType({ implements: Node, description: 'The erasure of a person. It does not say who it was.' })
@Entity('erasure')
@Index('uq_erasure_contact', ['contactId'], { unique: true })
@Index('ix_erasure_program', ['programId', 'id'])
export class Erasure extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('id', 'contact_id')
  readonly contactId: string;

  @Field(() => ErasureStatus, { description: 'How far it is.' })
  @Stored('key', 'status')
  readonly status: ErasureStatus;

  @Field(() => ErasureGround, { nullable: true, description: 'Why; null where nobody said.' })
  @Optional('key', 'ground')
  readonly ground: ErasureGround | null;

  @Field({ description: 'Whether nothing is to be sent to the address again.' })
  @Stored('boolean', 'suppress')
  readonly suppress: boolean;

  @Field({ description: 'When it was asked for, or begun where nobody asked before.' })
  @Stored('time', 'requested_at')
  readonly requestedAt: Date;

  @Field(() => Date, { nullable: true, description: 'When the person was forgotten; null while it is only asked for.' })
  @Optional('time', 'erased_at')
  readonly erasedAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When nothing was left; null until then.' })
  @Optional('time', 'completed_at')
  readonly completedAt: Date | null;
}

/** An address that nothing is sent to any more, as a keyed hash: it is known again only by who has it. */
@Entity('suppressed_address')
@Index('uq_suppressed_address', ['programId', 'hash'], { unique: true })
export class SuppressedAddress {
  @IdColumn()
  readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('key', 'hash')
  readonly hash: string;

  @Stored('time', 'suppressed_at')
  readonly suppressedAt: Date;
}
