import { Field, ObjectType } from 'type-graphql';
import { Entity, PrimaryColumn } from 'typeorm';
import { Optional, Stored } from '../platform/database/columns.js';
import { Url } from '../platform/graphql/scalars.js';
import { ReferralChannel } from './referral.sources.js';

/** The channels that something can be shared over with a text. */
export const shareChannels = ['WHATSAPP', 'EMAIL', 'FACEBOOK', 'LINKEDIN', 'X', 'COPY'] as const;
export type ShareChannel = (typeof shareChannels)[number];

/** What a text may leave open, and what is put there. */
export const placeholders = ['link', 'code', 'name', 'program', 'reward'] as const;
export type Placeholder = (typeof placeholders)[number];

@ObjectType({ description: 'What an ambassador shares over one channel, before it is filled in.' })
@Entity('referral_share_text')
export class ReferralShareText {
  @PrimaryColumn('varchar', { length: '36', name: 'program_id' })
  readonly programId: string;

  @Field(() => ReferralChannel, { description: 'The channel that it is for.' })
  @PrimaryColumn('varchar', { length: '64', name: 'channel' })
  readonly channel: ShareChannel;

  @Field({ description: 'Its language, as in nl or nl-BE.' })
  @PrimaryColumn('varchar', { length: '64', name: 'language' })
  readonly language: string;

  @Field(() => String, { nullable: true, description: 'The subject of a mail; null for other channels.' })
  @Optional('line', 'subject')
  readonly subject: string | null;

  @Field({
    description:
      'The text with its placeholders: {link}, {code}, {name} of the ambassador, {program}, {reward} of the friend. A line with {reward} is left out while nothing is promised.',
  })
  @Stored('text', 'body')
  readonly body: string;
}

@ObjectType({ description: 'What an ambassador shares over one channel, ready to be sent.' })
export class ReferralShare {
  @Field(() => ReferralChannel, { description: 'The channel.' })
  readonly channel: ShareChannel;

  @Field({ description: 'The language of the text.' })
  readonly language: string;

  @Field(() => String, { nullable: true, description: 'The subject of a mail; null for other channels.' })
  readonly subject: string | null;

  @Field({
    description: 'The text with the link in it. Facebook and LinkedIn take no text along: offer it to be copied.',
  })
  readonly text: string;

  @Field(() => Url, { description: 'The link with the mark of this channel, which stays known as the source.' })
  readonly url: string;

  @Field(() => Url, {
    nullable: true,
    description: 'Opens the app or the page of the channel with all this in it; null for COPY.',
  })
  readonly shareUrl: string | null;
}

type Words = Pick<ReferralShareText, 'subject' | 'body'>;

/** What is shared where the program has no text of its own. */
export const builtIn: Readonly<Record<'en' | 'nl', Readonly<Record<ShareChannel, Words>>>> = {
  en: {
    WHATSAPP: {
      subject: null,
      body: 'Hi! I am a happy customer of {program}, and I think it is something for you too.\nFor you: {reward}\n{link}',
    },
    EMAIL: {
      subject: 'Something for you: {program}',
      body: 'Hi,\n\nI am a happy customer of {program}, and I thought of you.\nIf you come by way of me you get: {reward}\n\nHave a look: {link}\nOr name my code when you order: {code}\n\n{name}',
    },
    FACEBOOK: {
      subject: null,
      body: 'I am a happy customer of {program}. Have a look, too:\nBy way of me you get: {reward}\n{link}',
    },
    LINKEDIN: {
      subject: null,
      body: 'I am glad to recommend {program} from my own experience.\nNew customers get: {reward}\n{link}',
    },
    X: { subject: null, body: 'Happy with {program}. Have a look: {link}' },
    COPY: { subject: null, body: '{link}' },
  },
  nl: {
    WHATSAPP: {
      subject: null,
      body: 'Hoi! Ik ben blij met {program}, en ik denk dat het ook iets voor jou is.\nVoor jou: {reward}\n{link}',
    },
    EMAIL: {
      subject: 'Iets voor jou: {program}',
      body: 'Hoi,\n\nIk ben blij met {program}, en ik moest aan jou denken.\nAls je via mij komt krijg je: {reward}\n\nKijk maar eens: {link}\nOf noem mijn code als je bestelt: {code}\n\n{name}',
    },
    FACEBOOK: {
      subject: null,
      body: 'Ik ben blij met {program}. Kijk ook eens:\nVia mij krijg je: {reward}\n{link}',
    },
    LINKEDIN: {
      subject: null,
      body: 'Uit eigen ervaring beveel ik {program} graag aan.\nNieuwe klanten krijgen: {reward}\n{link}',
    },
    X: { subject: null, body: 'Blij met {program}. Kijk ook eens: {link}' },
    COPY: { subject: null, body: '{link}' },
  },
};

/** A text with everything filled in. A line that speaks of a reward goes where there is none. */
export function filledIn(text: string, values: Readonly<Record<Placeholder, string | null>>): string {
  const lines = text.split('\n').filter((line) => values.reward !== null || !line.includes('{reward}'));
  return lines.join('\n').replace(/\{(\w+)\}/g, (whole, name: string) => {
    const known = placeholders.find((placeholder) => placeholder === name);
    return (known && values[known]) ?? whole;
  });
}

/** What opens a channel with the text in it, as each of them documents it. */
export function shareUrlOf(channel: ShareChannel, url: string, text: string, subject: string | null): string | null {
  const whole = encodeURIComponent(text);
  switch (channel) {
    case 'WHATSAPP':
      return `https://wa.me/?text=${whole}`;
    case 'EMAIL':
      // RFC 6068: lines of a mail end with CR LF.
      return `mailto:?subject=${encodeURIComponent(subject ?? '')}&body=${whole.replaceAll('%0A', '%0D%0A')}`;
    case 'FACEBOOK':
      return `https://www.facebook.com/sharer/sharer.php?u=${encodeURIComponent(url)}`;
    case 'LINKEDIN':
      return `https://www.linkedin.com/sharing/share-offsite/?url=${encodeURIComponent(url)}`;
    case 'X':
      return `https://x.com/intent/post?text=${whole}`;
    case 'COPY':
      return null;
  }
}
