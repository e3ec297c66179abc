import { Field, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../../platform/database/columns.js';
import { graphqlEnum } from '../../platform/graphql/enums.js';

export const SurveyChannel = graphqlEnum('SurveyChannel', 'How a survey link reaches whoever is asked.', {
  MAIL: 'In a mail that Applaus sends.',
  LINK: 'Staff hand it out: in a chat, in a letter, over the counter.',
  API: "A server of the program's owner sends it in its own way.",
});
export type SurveyChannel = keyof typeof SurveyChannel;

@ObjectType({
  description:
    'A link that a survey is answered by, once. Nothing in it says who it is for, and the database has no copy.',
})
@Entity('survey_link')
@Index('uq_survey_link_response', ['responseId'], { unique: true })
@Index('ix_survey_link_invitation', ['invitationId'])
@Index('ix_survey_link_contact', ['contactId', 'surveyId'])
export class SurveyLink {
  @IdColumn()
  readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('id', 'survey_id')
  readonly surveyId: string;

  /** Whom it was given to; null where nobody knows. */
  @Optional('id', 'contact_id')
  readonly contactId: string | null;

  /** What whoever invites calls the invitation; to us it means nothing. */
  @Optional('id', 'invitation_id')
  readonly invitationId: string | null;

  @Field(() => SurveyChannel, { description: 'How it reaches whoever is asked.' })
  @Stored('key', 'channel')
  readonly channel: SurveyChannel;

  @Field(() => String, {
    nullable: true,
    description: 'The language that the survey is asked in, as in nl; null for that of the browser.',
  })
  @Optional('key', 'language')
  readonly language: string | null;

  @Field(() => Date, { description: 'From this moment on it is not answered by any more.' })
  @Stored('time', 'expires_at')
  readonly expiresAt: Date;

  /** Whether it was answered by. Of an anonymous survey that is all that is kept: not when, and not what. */
  @Stored('boolean', 'is_used')
  readonly isUsed: boolean;

  @Optional('time', 'used_at')
  readonly usedAt: Date | null;

  @Optional('id', 'response_id')
  readonly responseId: string | null;

  @Stored('time', 'created_at')
  readonly createdAt: Date;
}
