import type { ReferralLink } from '../../referrals/referral.results.js';
import type { ReferralChannel } from '../../referrals/referral.sources.js';
import type { ReferralShareTextSetInput } from '../../referrals/share-text.inputs.js';
import { daysOfYear } from './calendar.js';
import type { DemoAmbassador } from './people.js';
import { granted, type Plan } from './stage.js';

export const demoShareTexts: readonly ReferralShareTextSetInput[] = [
  {
    channel: 'WHATSAPP',
    language: 'nl',
    body: 'Hoi! Wij werken al een tijd met {program}. Jij krijgt via mij: {reward}\nHier is mijn link: {link}',
  },
  {
    channel: 'LINKEDIN',
    language: 'de',
    body: 'Aus eigener Erfahrung empfehle ich {program} gern weiter.\nNeukunden bekommen: {reward}\n{link}',
  },
];

const channels: readonly (ReferralChannel | null)[] = ['WHATSAPP', 'EMAIL', 'QR', 'LINKEDIN', 'WHATSAPP', 'COPY', null];
/** Of those who follow a link, one of so many becomes a friend; the rest have a look. */
const lookersPerFriend = 4;
/** Every third friend heard it face to face, and names the code. */
const spokenEvery = 3;

/** How one friend came to be sent; the click is known once it happened. */
export interface Sending {
  clickId: string | null;
}

/** Plans the clicks that come before a friend registers, and those that lead to nothing. */
export function planSending(plan: Plan, host: DemoAmbassador, { day, index }: { day: number; index: number }): Sending {
  const sending: Sending = { clickId: null };
  if (index % spokenEvery !== 1) {
    plan.calendar.plan(day, 8 * 60, async () => {
      sending.clickId = await follow(plan, host, index);
    });
  }
  for (let looker = 1; looker <= lookersPerFriend; looker++) {
    plan.calendar.plan(day + looker, 8 * 60 + 30, async () => {
      await follow(plan, host, index + looker);
    });
  }
  return sending;
}

/** Plans what is open this morning: a colleague whom Anna named, and somebody who says that a Bram sent them. */
export function planNaming(plan: Plan, anna: DemoAmbassador): void {
  const { calendar, stage, joined } = plan;
  calendar.plan(daysOfYear - 4, 9 * 60, async () => {
    const caller = stage.asAmbassador('anna', joined.get(anna.contact.externalId) ?? '');
    const friend = { email: 'joost@example.com' };
    granted(await stage.features.referralNominations.nominate(caller, { friend, friendName: 'Joost van kantoor' }));
  });
  calendar.plan(daysOfYear - 3, 10 * 60, async () => {
    const friend = { email: 'femke@example.com', displayName: 'Femke' };
    const shop = stage.as('INTEGRATION', 'shop');
    granted(await stage.features.referralNominations.claim(shop, { friend, referrerName: 'Bram' }));
  });
}

export function linkOf({ stage, joined }: Plan, { contact }: DemoAmbassador): Promise<ReferralLink> {
  const server = stage.as('INTEGRATION', 'shop');
  return stage.features.referralCodes.linkOf(server, joined.get(contact.externalId) ?? '');
}

async function follow(plan: Plan, host: DemoAmbassador, visitor: number): Promise<string | null> {
  const { code } = await linkOf(plan, host);
  const visit = { channel: channels[visitor % channels.length] ?? null, network: `demo ${visitor}`, counts: true };
  const followed = await plan.stage.features.referralClicks.follow(code, visit);
  return followed?.clickToken ?? null;
}
