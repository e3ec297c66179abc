import { Field, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Stored } from '../platform/database/columns.js';
import { Node } from '../platform/graphql/node.js';
import { AudienceRuleNode } from './audience.inputs.js';
import type { AudienceRule } from './rule.js';

@ObjectType({
  implements: Node,
  description:
    'A part of the contacts, saved by its rule: who is in it follows from what is known of each, at any time.',
})
@Entity('segment')
@Index('uq_segment_key', ['programId', 'key'], { unique: true })
export class Segment extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Field({ description: 'The name for programs, as in big-customers; unique in the program. It never changes.' })
  @Stored('key', 'segment_key')
  readonly key: string;

  @Field({ description: 'The name for people.' })
  @Stored('line', 'name')
  readonly name: string;

  @Field({ description: 'What it is for; may be empty.' })
  @Stored('text', 'description')
  readonly description: string;

  @Field(() => AudienceRuleNode, { description: 'Who is in it.' })
  @Stored('json', 'rule')
  readonly rule: AudienceRule;

  @Field({ description: 'When it was made.' })
  @Stored('time', 'created_at')
  readonly createdAt: Date;

  @Field({ description: 'When it was last changed.' })
  @Stored('time', 'changed_at')
  readonly changedAt: Date;
}
