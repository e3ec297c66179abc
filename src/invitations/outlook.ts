import { ArgsType, Field, ID, ObjectType } from 'type-graphql';
import { z } from 'zod';
import { FatigueKind } from '../fatigue/fatigue-kind.js';
import { SurveyChannel } from '../nps/links/survey-link.entity.js';
import { defaultSurveyKey } from '../nps/survey.entity.js';
import { rules, Validated } from '../platform/graphql/input.js';
import { NotAskedReason } from './reason.js';

@Validated(
  z.object({
    contactId: rules.globalId,
    kind: z.enum(FatigueKind),
    channel: z.enum(SurveyChannel),
    surveyKey: z.string().max(64, 'must not be longer than 64 characters'),
    waveId: rules.globalId.nullish(),
  }),
)
@ArgsType()
export class AskOutlookArgs {
  @Field(() => ID, { description: 'Who it is about.' })
  readonly contactId: string;

  @Field(() => FatigueKind, { description: 'What they would be asked for.' })
  readonly kind: FatigueKind;

  @Field({ defaultValue: defaultSurveyKey, description: 'The key of the survey, where it is about one.' })
  readonly surveyKey: string = defaultSurveyKey;

  @Field(() => SurveyChannel, { defaultValue: SurveyChannel.MAIL, description: 'How a survey would reach them.' })
  readonly channel: SurveyChannel = SurveyChannel.MAIL;

  @Field(() => ID, { nullable: true, description: 'A wave, to learn whether they are among those it is meant for.' })
  readonly waveId?: string | null;
}

@ObjectType({ description: 'One thing that stands in the way of asking somebody.' })
export class AskHindrance {
  @Field(() => NotAskedReason, { description: 'What it is.' })
  readonly reason: NotAskedReason;

  @Field(() => Date, { nullable: true, description: 'Since when; null where there is no moment to name.' })
  readonly since: Date | null;

  @Field(() => Date, { nullable: true, description: 'Until when; null where it does not pass by itself.' })
  readonly until: Date | null;

  @Field({ description: 'The same as a sentence, in the language of the caller.' })
  readonly text: string;
}

@ObjectType({ description: 'Whether somebody may be asked for something now, and if not, why.' })
export class AskOutlook {
  @Field({ description: 'Whether nothing stands in the way.' })
  readonly mayBeAsked: boolean;

  @Field(() => Date, {
    nullable: true,
    description: 'From when on nothing does, as far as it passes by itself; null where something does not.',
  })
  readonly nextAt: Date | null;

  @Field(() => [AskHindrance], { description: 'Everything that stands in the way.' })
  readonly reasons: readonly AskHindrance[];

  constructor(now: Date, reasons: readonly AskHindrance[]) {
    const ends = reasons.map(({ until }) => until);
    this.mayBeAsked = reasons.length === 0;
    this.nextAt = ends.includes(null) ? null : new Date(Math.max(now.getTime(), ...ends.map(Number)));
    this.reasons = reasons;
  }
}
