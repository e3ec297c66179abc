import { Field, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { graphqlEnum } from '../platform/graphql/enums.js';
import { Node } from '../platform/graphql/node.js';
import type { NpsSchemeKey } from '../programs/nps-scheme-key.js';

/** The survey that every program has from the start. */
export const defaultSurveyKey = 'nps';

export const SurveyKind = graphqlEnum('SurveyKind', 'Who is asked by a survey.', {
  NPS: 'Whoever buys from the brand, or works with it.',
  ENPS: 'Its employees, and nobody else; counted apart from all others.',
});
export type SurveyKind = keyof typeof SurveyKind;

@ObjectType({
  implements: Node,
  description: 'A question that answers are gathered under; every program has the survey `nps` from the start.',
})
@Entity('survey')
@Index('uq_survey_key', ['programId', 'key'], { unique: true })
export class Survey extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Field({ description: 'The name for programs, as in nps or enps-2026; unique in the program.' })
  @Stored('key', 'survey_key')
  readonly key: string;

  @Field({ description: 'The name for people.' })
  @Stored('line', 'name')
  readonly name: string;

  @Field(() => SurveyKind, { description: 'Who is asked by it; never changes.' })
  @Stored('key', 'kind')
  readonly kind: SurveyKind;

  @Field({
    description:
      'Whether nobody is to know who answered what; never changes. Answers then keep no contact, attributes or time of day, and are counted in lots of at least 5.',
  })
  @Stored('boolean', 'is_anonymous')
  readonly isAnonymous: boolean;

  /** Its own scheme; null for the program's. */
  @Optional('key', 'scheme')
  readonly schemeKey: NpsSchemeKey | null;

  /** Of the scheme OWN; null for any other. */
  @Optional('integer', 'detractor_to')
  readonly detractorTo: number | null;

  @Optional('integer', 'promoter_from')
  readonly promoterFrom: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'The colour of the button on its page, as in #0b5fa5; null for ours.',
  })
  @Optional('key', 'brand_color')
  readonly brandColor: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where its page leads who is asked to join or to do something, after the answer; null for nowhere.',
  })
  @Optional('text', 'join_url')
  readonly joinUrl: string | null;

  @Field({ description: 'When it was made.' })
  @Stored('time', 'created_at')
  readonly createdAt: Date;

  /** The zone by whose days its answers are counted; null before that has begun. */
  @Optional('key', 'counted_zone')
  readonly countedZone: string | null;

  /** While what was there before is being counted: answers from this moment on are. Null when all are. */
  @Optional('time', 'counted_from')
  readonly countedFrom: Date | null;
}
