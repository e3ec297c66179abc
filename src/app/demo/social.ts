import { Ambassador } from '../../ambassadors/ambassador.entity.js';
import { toGlobalId } from '../../platform/ids.js';
import { daysOfYear } from './calendar.js';
import type { DemoAmbassador } from './people.js';
import { granted, type Plan } from './stage.js';

/** Of the ambassadors beside the well-known, how many let others see what they do. */
const sharingShare = 0.6;
const wellKnownCount = 6;
/** From this day on they praise each other, now and then. */
const praisedFrom = daysOfYear - 60;
const praiseEveryDays = 2;
/** After everybody is done for the day, some look through the feed. */
const lookingOn = daysOfYear - 1;
const lookingMinute = 21 * 60 + 30;
const lookingCount = 8;
const likedMax = 3;

const kindWords = [
  'Thank you for your help with our first installation!',
  'Your review made me smile. So true!',
  'Great idea, I voted for it at once.',
  'Congratulations, well deserved!',
  null,
];

/** Plans who lets others see what they do, and whom they praise. */
export function planSocial(plan: Plan): void {
  const { calendar, dice } = plan;
  const sharing = plan.ambassadors.filter((_, index) => index < wellKnownCount || dice.happens(sharingShare));
  for (const ambassador of sharing) {
    const day = ambassador.joinsOn + 1;
    calendar.plan(day, dice.between(8 * 60, 20 * 60), async () => {
      const { stage } = plan;
      await stage.features.sharing.set(callerOf(plan, ambassador), { shares: true });
    });
  }
  for (let day = praisedFrom; day < lookingOn; day += praiseEveryDays) {
    const present = plan.ambassadors.filter(({ joinsOn }) => joinsOn < day);
    const [from, to] = [dice.pick(present), dice.pick(sharing.filter(({ joinsOn }) => joinsOn < day))];
    const message = dice.pick(kindWords);
    if (from === to) continue;
    calendar.plan(day, dice.between(9 * 60, 20 * 60), () => praise(plan, from, { to: idOf(plan, to), message }));
  }
  for (const from of sharing.filter(({ joinsOn }) => joinsOn < praisedFrom).slice(0, lookingCount)) {
    calendar.plan(lookingOn, lookingMinute, () => lookThrough(plan, from));
  }
}

/** Praises some of the latest deeds of others that the feed tells of. */
async function lookThrough(plan: Plan, from: DemoAmbassador): Promise<void> {
  const { stage, dice } = plan;
  await stage.features.outbox.drain();
  const caller = callerOf(plan, from);
  const { edges } = await stage.features.activities.feed(caller, { first: 30, hidden: false });
  const ofOthers = edges
    .map(({ node }) => node)
    .filter(({ kind, ambassadorId }) => kind !== 'KUDOS_GIVEN' && ambassadorId !== caller.session.ambassadorId);
  for (const item of ofOthers.filter(() => dice.happens(0.2)).slice(0, likedMax)) {
    const to = toGlobalId(Ambassador.name, item.ambassadorId);
    await praise(plan, from, { to, message: null, activityId: item.globalId() });
  }
}

async function praise(
  plan: Plan,
  from: DemoAmbassador,
  { to, ...words }: { readonly to: string; readonly message: string | null; readonly activityId?: string },
): Promise<void> {
  const { features, clock } = plan.stage;
  const idempotencyKey = `praise-${clock.now().getTime()}-${words.activityId ?? to}`;
  granted(await features.kudos.give(callerOf(plan, from), { toAmbassadorId: to, ...words, idempotencyKey }));
}

function callerOf({ stage, joined }: Plan, { contact }: DemoAmbassador) {
  return stage.asAmbassador(contact.externalId, joined.get(contact.externalId) ?? '');
}

function idOf({ joined }: Plan, { contact }: DemoAmbassador): string {
  return toGlobalId(Ambassador.name, joined.get(contact.externalId) ?? '');
}
