import { Ambassador } from '../../ambassadors/ambassador.entity.js';
import { toGlobalId } from '../../platform/ids.js';
import type { PointsEntry } from '../../points/points.entity.js';
import { granted, type Plan } from './stage.js';
import { adjustmentReasons } from './texts.js';

const giftPoints = [25, 50, 75, 100];
/** The days of the year on which an admin gives points by hand. */
const giftDays = [95, 130, 171, 204, 240, 263, 288, 301, 322, 340, 357];
const mistakeOn = 310;
const mistakeFoundOn = 312;
const mistakePoints = 500;
/** What of the mistake is taken back; the rest stays, as an apology. */
const takenBackPoints = 450;

/** Plans what an admin does by hand: gifts over the year, and a mistake that is taken back in part. */
export function planCorrections(plan: Plan): void {
  const { calendar, dice } = plan;
  for (const [index, day] of giftDays.entries()) {
    const amountPoints = dice.pick(giftPoints);
    const reason = adjustmentReasons[index % adjustmentReasons.length] ?? dice.pick(adjustmentReasons);
    const ambassador = dice.pick(plan.ambassadors.filter(({ joinsOn }) => joinsOn < day));
    calendar.plan(day, dice.between(9 * 60, 17 * 60), async () => {
      await give(plan, ambassador.contact.externalId, { amountPoints, reason, key: `gift-${index}` });
    });
  }
  let mistake: PointsEntry | undefined;
  calendar.plan(mistakeOn, 11 * 60, async () => {
    mistake = await give(plan, 'dieter', {
      amountPoints: mistakePoints,
      reason: 'Won the idea contest',
      key: 'contest',
    });
  });
  calendar.plan(mistakeFoundOn, 10 * 60, async () => {
    const { stage } = plan;
    if (!mistake) throw new Error('The mistake has not been made');
    granted(
      await stage.features.points.reverse(stage.as('ADMIN', 'admin'), {
        entryId: mistake.globalId(),
        amountPoints: takenBackPoints,
        reason: 'The contest had another winner; 50 points stay with our apologies',
        idempotencyKey: 'contest-taken-back',
      }),
    );
  });
}

async function give(
  { stage, joined }: Plan,
  externalId: string,
  gift: { readonly amountPoints: number; readonly reason: string; readonly key: string },
): Promise<PointsEntry> {
  const ambassadorId = toGlobalId(Ambassador.name, joined.get(externalId) ?? '');
  const { amountPoints, reason, key: idempotencyKey } = gift;
  const input = { ambassadorId, amountPoints, reason, idempotencyKey };
  return granted(await stage.features.points.adjust(stage.as('ADMIN', 'admin'), input)).entry;
}
