import { Field, ObjectType } from 'type-graphql';
import { Entity, PrimaryColumn } from 'typeorm';
import { IdColumn, Optional } from '../../platform/database/columns.js';

const ours = 'null for ours, where we speak the language, or else in English.';

@ObjectType({ description: 'What a survey asks in one language, as far as the program says it in its own words.' })
@Entity('survey_text')
export class SurveyText {
  @IdColumn('survey_id')
  readonly surveyId: string;

  @Field({ description: 'The language, as in nl.' })
  @PrimaryColumn('varchar', { length: '64', name: 'language' })
  readonly language: string;

  @Field(() => String, { nullable: true, description: `The question that the score answers; ${ours}` })
  @Optional('text', 'question')
  readonly question: string | null;

  @Field(() => String, { nullable: true, description: `What the lowest score means; ${ours}` })
  @Optional('line', 'lowest_label')
  readonly lowestLabel: string | null;

  @Field(() => String, { nullable: true, description: `What the highest score means; ${ours}` })
  @Optional('line', 'highest_label')
  readonly highestLabel: string | null;

  @Field(() => String, { nullable: true, description: `What promoters are asked after the score; ${ours}` })
  @Optional('text', 'promoter_question')
  readonly promoterQuestion: string | null;

  @Field(() => String, { nullable: true, description: `What passives are asked after the score; ${ours}` })
  @Optional('text', 'passive_question')
  readonly passiveQuestion: string | null;

  @Field(() => String, { nullable: true, description: `What detractors are asked after the score; ${ours}` })
  @Optional('text', 'detractor_question')
  readonly detractorQuestion: string | null;

  @Field(() => String, { nullable: true, description: `What everybody reads at the end; ${ours}` })
  @Optional('text', 'thanks')
  readonly thanks: string | null;
}
