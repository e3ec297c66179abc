import { Field, InputType } from 'type-graphql';
import { z } from 'zod';
import { languageRule } from '../ambassadors/ambassador.inputs.js';
import { rules, Validated } from '../platform/graphql/input.js';
import { ReferralChannel } from './referral.sources.js';
import { placeholders, type ShareChannel, shareChannels } from './share-text.js';

const bodyMax = 2_000;
/** X cuts at 280; a link counts for 23 there, and names and rewards have to find room. */
const bodyOfXMax = 200;

/** Braces are for placeholders alone, so that none is misspelt without anybody seeing it. */
function wrongPlaceholders(text: string): readonly string[] {
  const known: readonly string[] = placeholders.map((name) => `{${name}}`);
  const found = text.match(/\{[^{}]*\}|[{}]/g) ?? [];
  return [...new Set(found.filter((each) => !known.includes(each)))];
}

const checkedText = <Text extends z.ZodType<string>>(text: Text) =>
  text.superRefine((value, context) => {
    const wrong = wrongPlaceholders(value);
    if (wrong.length === 0) return;
    const known = placeholders.map((name) => `{${name}}`).join(', ');
    context.addIssue({ code: 'custom', message: `must not have ${wrong.join(', ')}: the placeholders are ${known}` });
  });

@Validated(
  z
    .object({
      channel: z.enum(shareChannels, `must be one of ${shareChannels.join(', ')}`),
      language: languageRule,
      subject: checkedText(rules.line(150)).nullish(),
      body: checkedText(rules.text(bodyMax)).nullish(),
    })
    .superRefine(({ channel, subject, body }, context) => {
      const issue = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
      if (typeof body !== 'string') return;
      if (!body.includes('{link}')) issue('body', 'must have the placeholder {link}');
      if (channel === 'EMAIL' && !subject) issue('subject', 'is needed for a mail');
      if (channel !== 'EMAIL' && subject) issue('subject', 'is for mails only');
      if (channel === 'X' && body.length > bodyOfXMax)
        issue('body', `must not be longer than ${bodyOfXMax} characters`);
    }),
)
@InputType({ description: 'What ambassadors share over one channel, in one language.' })
export class ReferralShareTextSetInput {
  @Field(() => ReferralChannel, { description: 'The channel: one that takes a text, so neither QR nor SPOKEN.' })
  readonly channel: ShareChannel;

  @Field({ description: 'The language, as in nl or nl-BE.' })
  readonly language: string;

  @Field(() => String, { nullable: true, description: 'The subject, for EMAIL; may have placeholders.' })
  readonly subject?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'At most 2,000 characters, 200 for X. {link} has to be in it; {code}, {name}, {program} and {reward} may be. Null goes back to the built-in text.',
  })
  readonly body?: string | null;
}
