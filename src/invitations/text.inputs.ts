import { Field, InputType } from 'type-graphql';
import { z } from 'zod';
import { languageRule } from '../nps/forms/survey-text.inputs.js';
import { rules, Validated } from '../platform/graphql/input.js';
import { placeholders } from './invitation-text.js';

/** Braces are for placeholders alone, so that none is misspelt without anybody seeing it. */
const checked = <Text extends z.ZodType<string>>(text: Text) =>
  text.refine(
    (value) =>
      (value.match(/\{[^{}]*\}|[{}]/g) ?? []).every((each) => placeholders.some((name) => `{${name}}` === each)),
    `must not have braces other than ${placeholders.map((name) => `{${name}}`).join(' and ')}`,
  );
const subject = checked(rules.line(150));
const body = checked(rules.text(2_000).min(1, 'must not be empty'));

@InputType({ description: 'The words of invitations; {name} and {program} are filled in.' })
export class InvitationWordsInput {
  @Field({ description: 'The subject of the first mail, at most 150 characters.' })
  readonly subject: string;

  @Field({ description: 'What stands above the scores in the first mail, at most 2,000 characters.' })
  readonly body: string;

  @Field({ description: 'The subject of a reminder, at most 150 characters.' })
  readonly reminderSubject: string;

  @Field({ description: 'What stands above the scores in a reminder, at most 2,000 characters.' })
  readonly reminderBody: string;

  @Field({ defaultValue: '', description: 'What stands at the end, such as who sends it; at most 1,000 characters.' })
  readonly footer: string = '';
}

@Validated(
  z.object({
    language: languageRule,
    words: z
      .object({
        subject,
        body,
        reminderSubject: subject,
        reminderBody: body,
        footer: checked(rules.text(1_000)),
      })
      .nullish(),
  }),
)
@InputType({ description: 'The words in which to ask by mail, in one language.' })
export class InvitationTextSetInput {
  @Field({ description: 'The language, as in nl or nl-BE.' })
  readonly language: string;

  @Field(() => InvitationWordsInput, {
    nullable: true,
    description: 'The words; null goes back to the built-in ones, which there are in English and Dutch.',
  })
  readonly words?: InvitationWordsInput | null;
}
