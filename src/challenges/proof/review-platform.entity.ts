import { Field, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Stored } from '../../platform/database/columns.js';

@ObjectType('ReviewPlatform', { description: 'Where reviews are written, and at which addresses they can be read.' })
export class ReviewPlatformShown {
  @Field({ description: 'Its name for programs, as in trustpilot.' })
  readonly key: string;

  @Field({ description: 'Its name for people, as in Trustpilot. Proof may name it by this or by its key.' })
  readonly name: string;

  @Field(() => [String], {
    description: 'The domains on which its reviews stand, as in trustpilot.com; subdomains belong to them.',
  })
  readonly domains: readonly string[];

  @Field({ description: 'Whether the program added it, or gave it other domains; false for what everybody knows.' })
  readonly ownOfProgram: boolean;
}

/** A platform that a program added to those that everybody knows, or one of those with other domains. */
@Entity('review_platform')
@Index('uq_review_platform_key', ['programId', 'key'], { unique: true })
export class ReviewPlatform {
  @IdColumn()
  readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('key', 'platform_key')
  readonly key: string;

  @Stored('line', 'name')
  readonly name: string;

  @Stored('json', 'domains')
  readonly domains: readonly string[];

  @Stored('time', 'changed_at')
  readonly changedAt: Date;
}
