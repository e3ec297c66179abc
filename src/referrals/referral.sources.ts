import { graphqlEnum } from '../platform/graphql/enums.js';

export const ReferralChannel = graphqlEnum('ReferralChannel', 'Where an ambassador tells friends, or a friend heard.', {
  WHATSAPP: 'A message on WhatsApp.',
  EMAIL: 'A mail from the ambassador.',
  FACEBOOK: 'A post on Facebook.',
  LINKEDIN: 'A post on LinkedIn.',
  X: 'A post on X.',
  COPY: 'The link was copied, and pasted somewhere.',
  QR: 'The QR code was scanned: from a screen, a card, a poster.',
  SPOKEN: 'Face to face or by telephone: the code or the name was said.',
});
export type ReferralChannel = keyof typeof ReferralChannel;

export const ReferralSource = graphqlEnum('ReferralSource', 'How the ambassador who sent a friend was named.', {
  CLICK: 'The friend followed the link, and the click was named.',
  CODE: 'The code was typed, or said and typed by somebody else.',
  NAME: 'The friend named the ambassador, or staff chose them.',
  NOMINATION: 'The ambassador named the friend beforehand, and nobody named anybody else.',
});
export type ReferralSource = keyof typeof ReferralSource;

/** What a shared address says of its channel, as in /r/CODE?c=wa. */
const channelMarks: Readonly<Record<string, ReferralChannel>> = {
  wa: 'WHATSAPP',
  em: 'EMAIL',
  fb: 'FACEBOOK',
  li: 'LINKEDIN',
  x: 'X',
  cp: 'COPY',
  qr: 'QR',
};

const marks = Object.fromEntries(Object.entries(channelMarks).map(([mark, channel]) => [channel, mark]));

/** The channel of a mark; null for none, and for whatever somebody made of the address. */
export function channelOf(mark: string | null): ReferralChannel | null {
  return channelMarks[mark?.toLowerCase() ?? ''] ?? null;
}

/** The address of a link as it is shared over a channel. */
export function markedUrl(url: string, channel: ReferralChannel): string {
  const mark = marks[channel];
  return mark ? `${url}?c=${mark}` : url;
}
