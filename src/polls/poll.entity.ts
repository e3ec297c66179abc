import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index, PrimaryColumn } from 'typeorm';
import { AudienceRuleNode } from '../audience/audience.inputs.js';
import type { AudienceRule } from '../audience/rule.js';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { graphqlEnum } from '../platform/graphql/enums.js';
import { Node } from '../platform/graphql/node.js';

export const PollResults = graphqlEnum('PollResults', 'When ambassadors see how the votes stand. Staff always do.', {
  ALWAYS: 'At any time.',
  AFTER_VOTE: 'Once they have voted, and all once it is closed.',
  AFTER_CLOSE: 'Once it is closed.',
});
export type PollResults = keyof typeof PollResults;

@ObjectType({ implements: Node, description: 'A question with options to choose from. Nobody sees who chose what.' })
@Entity('poll')
@Index('ix_poll_program', ['programId', 'id'])
export class Poll extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Field({ description: 'What is asked.' })
  @Stored('line', 'question')
  readonly question: string;

  @Field({ description: 'What else there is to know before one votes; may be empty.' })
  @Stored('text', 'description')
  readonly description: string;

  @Field(() => Int, { description: 'How many options one ambassador may choose.' })
  @Stored('integer', 'choices_max')
  readonly choicesMax: number;

  @Field(() => PollResults, { description: 'When ambassadors see how the votes stand.' })
  @Stored('key', 'results_shown')
  readonly resultsShown: PollResults;

  @Field(() => Date, {
    nullable: true,
    description: 'When it closes, itself not included: then the votes stand. Null: when somebody closes it.',
  })
  @Optional('time', 'closes_at')
  readonly closesAt: Date | null;

  @Field(() => AudienceRuleNode, {
    nullable: true,
    description: 'Whom it is meant for, as it holds when they vote; null: every ambassador. For staff.',
  })
  @Optional('json', 'audience')
  readonly audience: AudienceRule | null;

  @Field({ description: 'When it was made.' })
  @Stored('time', 'created_at')
  readonly createdAt: Date;

  /** Whether it takes votes at that moment. */
  isOpenAt(time: Date): boolean {
    return this.closesAt === null || time < this.closesAt;
  }
}

@ObjectType({ implements: Node, description: 'One of the answers that a poll offers.' })
@Entity('poll_option')
@Index('uq_poll_option_position', ['pollId', 'position'], { unique: true })
export class PollOption extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'poll_id')
  readonly pollId: string;

  @Field(() => Int, { description: 'Where it stands among the options: 1 is first.' })
  @Stored('integer', 'position')
  readonly position: number;

  @Field({ description: 'What one chooses.' })
  @Stored('line', 'text')
  readonly text: string;
}

/** That an ambassador voted in a poll: one row for each, whatever was chosen. */
@Entity('poll_ballot')
export class PollBallot {
  @IdColumn('poll_id')
  readonly pollId: string;

  @PrimaryColumn('varchar', { length: '36', name: 'ambassador_id' })
  readonly ambassadorId: string;

  @Stored('time', 'cast_at')
  readonly castAt: Date;
}

/** One option that an ambassador chose. */
@Entity('poll_choice')
@Index('ix_poll_choice_option', ['pollId', 'optionId'])
export class PollChoice {
  @IdColumn('poll_id')
  readonly pollId: string;

  @PrimaryColumn('varchar', { length: '36', name: 'ambassador_id' })
  readonly ambassadorId: string;

  @PrimaryColumn('varchar', { length: '36', name: 'option_id' })
  readonly optionId: string;
}
