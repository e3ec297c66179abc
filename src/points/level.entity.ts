import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, PrimaryColumn } from 'typeorm';
import { Optional, Stored } from '../platform/database/columns.js';

@ObjectType({ description: 'A step that lifetime points reach.' })
@Entity('level')
export class Level {
  @PrimaryColumn('varchar', { length: '36', name: 'program_id' })
  readonly programId: string;

  @Field(() => Int, { description: '1 is the lowest.' })
  @PrimaryColumn('integer', { name: 'rank_number' })
  readonly rank: number;

  @Field({ description: 'The name that ambassadors see.' })
  @Stored('line', 'name')
  readonly name: string;

  @Field(() => Int, { description: 'The lifetime points from which on it is reached.' })
  @Stored('integer', 'from_points')
  readonly fromPoints: number;

  @Optional('json', 'benefits')
  readonly texts: readonly string[] | null;

  @Field(() => [String], { description: 'What it brings, as sentences for ambassadors; may be none.' })
  benefits(): readonly string[] {
    return this.texts ?? [];
  }
}
