import { Ambassador } from '../../ambassadors/ambassador.entity.js';
import { toGlobalId } from '../../platform/ids.js';
import { BalanceInsufficient } from '../../points/points.results.js';
import { annaOf } from './friends.js';
import { granted, type Plan } from './stage.js';

/** Beside points the program counts credits, for what has no price in points. */
const demoUnits = [
  { key: 'points', giftsAllowed: true, giftPointsMin: 10, giftPointsPerDayMax: 100, giftsPerDayMax: 3 },
  { key: 'credits', name: 'Workshop credits' },
];
/** The days on which somebody thanks Anna with points, and those on which she has credits. */
const thanksDays = [180, 262, 341];
const thanksPoints = 25;
const creditDays = [120, 290];
const creditsEach = 2;

/** Plans what ambassadors give each other, and what an admin gives beside points. */
export function planGifts(plan: Plan): void {
  const { stage, calendar, dice } = plan;
  const admin = () => stage.as('ADMIN', 'admin');
  const anna = annaOf(plan).contact.externalId;
  const idOf = (who: string) => toGlobalId(Ambassador.name, plan.joined.get(who) ?? '');
  calendar.plan(0, 2, async () => {
    for (const unit of demoUnits) granted(await stage.features.units.set(admin(), unit));
  });
  for (const day of thanksDays) {
    const others = plan.ambassadors.filter(({ contact, joinsOn }) => joinsOn < day - 30 && contact.externalId !== anna);
    const giver = dice.pick(others).contact.externalId;
    calendar.plan(day, 12 * 60, async () => {
      const input = {
        recipientId: idOf(anna),
        amountPoints: thanksPoints,
        message: 'Thank you for showing me around',
        unitKey: 'points',
        idempotencyKey: `thanks-${day}`,
      };
      const caller = stage.asAmbassador(giver, plan.joined.get(giver) ?? '');
      const result = await stage.features.gifts.transfer(caller, input);
      if (!(result instanceof BalanceInsufficient)) granted(result);
    });
  }
  for (const day of creditDays) {
    calendar.plan(day, 13 * 60, async () => {
      const input = {
        ambassadorId: idOf(anna),
        amountPoints: creditsEach,
        reason: 'Led a workshop',
        unitKey: 'credits',
        idempotencyKey: `credits-${day}`,
      };
      granted(await stage.features.points.adjust(admin(), input));
    });
  }
}
