import { Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { AudienceRuleNode, audienceRule } from '../audience/audience.inputs.js';
import type { AudienceRule } from '../audience/rule.js';
import { languageRule } from '../nps/forms/survey-text.inputs.js';
import { SurveyChannel } from '../nps/links/survey-link.entity.js';
import { defaultSurveyKey } from '../nps/survey.entity.js';
import { rules, Validated } from '../platform/graphql/input.js';

const contactsMax = 1_000;
/** As many as one answer of the API can hold. */
export const contactsOfApiMax = 100;

const between = (low: number, high: number) => {
  const error = `must be from ${low} to ${high.toLocaleString('en')}`;
  return z.number().int(error).min(low, error).max(high, error);
};

const whom = {
  surveyKey: z.string().max(64, 'must not be longer than 64 characters'),
  channel: z.enum(SurveyChannel),
  audience: audienceRule.nullish(),
  contactIds: z
    .array(rules.globalId)
    .min(1, 'must not be empty')
    .max(contactsMax, `must not be more than ${contactsMax.toLocaleString('en')}`)
    .nullish(),
};
interface Whom {
  readonly audience?: unknown;
  readonly contactIds?: readonly string[] | null | undefined;
  readonly channel: SurveyChannel;
}
const namesEither = ({ audience, contactIds }: Whom) => Boolean(audience) !== Boolean(contactIds);
const either = { path: ['audience'], error: 'is needed, or contactIds in its place' };
const fitsApi = ({ channel, contactIds }: Whom) =>
  channel !== 'API' || (contactIds !== null && contactIds !== undefined && contactIds.length <= contactsOfApiMax);
const apiPeople = {
  path: ['contactIds'],
  error: `must name the people, at most ${contactsOfApiMax}, by the channel API`,
};

@InputType({ description: 'Whom a survey is to be asked of, and how.' })
abstract class InvitedPeople {
  @Field({ defaultValue: defaultSurveyKey, description: 'The key of the survey that is asked.' })
  readonly surveyKey: string = defaultSurveyKey;

  @Field(() => SurveyChannel, { defaultValue: SurveyChannel.MAIL, description: 'How it reaches them.' })
  readonly channel: SurveyChannel = SurveyChannel.MAIL;

  @Field(() => AudienceRuleNode, {
    nullable: true,
    description: 'Whom it is meant for by a rule, as in {segment: "customers-nl"}. This, or contactIds.',
  })
  readonly audience?: AudienceRule | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Whom it is meant for one by one: at most 1,000, by the channel API at most 100.',
  })
  readonly contactIds?: readonly string[] | null;
}

@Validated(z.object(whom).refine(namesEither, either).refine(fitsApi, apiPeople))
@InputType({ description: 'A wave to look at before it is made.' })
export class InvitationWavePreviewInput extends InvitedPeople {}

@Validated(
  z
    .object({
      ...whom,
      name: rules.line(100),
      scheduledAt: rules.time.nullish(),
      ratePerMinute: between(1, 6_000),
      reminderAfterDays: between(1, 60).nullish(),
      remindersMax: between(0, 2),
      linkDays: between(1, 366),
      language: languageRule,
      languageFixed: z.boolean(),
      idempotencyKey: rules.idempotencyKey,
    })
    .refine(namesEither, either)
    .refine(fitsApi, apiPeople)
    .refine(({ reminderAfterDays, remindersMax }) => remindersMax === 0 || typeof reminderAfterDays === 'number', {
      path: ['reminderAfterDays'],
      error: 'is needed where people are reminded',
    })
    .refine(({ channel, remindersMax }) => channel === 'MAIL' || remindersMax === 0, {
      path: ['remindersMax'],
      error: 'must be 0: only mails are reminded of',
    })
    .refine(({ reminderAfterDays, remindersMax, linkDays }) => remindersMax * (reminderAfterDays ?? 0) < linkDays, {
      path: ['linkDays'],
      error: 'must be more than the last reminder takes',
    }),
)
@InputType({ description: 'A survey that is to go out to many people.' })
export class InvitationWaveCreateInput extends InvitedPeople {
  @Field({ description: 'What staff call it, at most 100 characters.' })
  readonly name: string;

  @Field(() => Date, { nullable: true, description: 'When it begins; at once if left out.' })
  readonly scheduledAt?: Date | null;

  @Field(() => Int, { defaultValue: 60, description: 'How many mails go out in a minute at most, 1 to 6,000.' })
  readonly ratePerMinute: number = 60;

  @Field(() => Int, { nullable: true, description: 'After how many days without an answer to remind, 1 to 60.' })
  readonly reminderAfterDays?: number | null;

  @Field(() => Int, { defaultValue: 0, description: 'How often to remind one person at most, 0 to 2; mails only.' })
  readonly remindersMax: number = 0;

  @Field(() => Int, { defaultValue: 30, description: 'For how many days a link can be answered by, 1 to 366.' })
  readonly linkDays: number = 30;

  @Field({ defaultValue: 'en', description: 'The language of those of whom no other is known, as in nl.' })
  readonly language: string = 'en';

  @Field({
    defaultValue: false,
    description:
      "Whether to ask everybody in that language; otherwise in the ambassador's, or that of the attribute `language`.",
  })
  readonly languageFixed: boolean = false;

  @Field({ description: 'Any text of the caller; the same key again answers with the same wave.' })
  readonly idempotencyKey: string;
}

@Validated(z.object({ waveId: rules.globalId }))
@InputType({ description: 'A wave to pause.' })
export class InvitationWavePauseInput {
  @Field(() => ID, { description: 'The wave.' })
  readonly waveId: string;
}

@Validated(z.object({ waveId: rules.globalId }))
@InputType({ description: 'A wave to let go on.' })
export class InvitationWaveResumeInput {
  @Field(() => ID, { description: 'The wave.' })
  readonly waveId: string;
}

@Validated(z.object({ waveId: rules.globalId }))
@InputType({ description: 'A wave to end.' })
export class InvitationWaveCancelInput {
  @Field(() => ID, { description: 'The wave.' })
  readonly waveId: string;
}
