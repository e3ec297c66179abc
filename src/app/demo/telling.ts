import sql from 'sql-template-tag';
import { Ambassador } from '../../ambassadors/ambassador.entity.js';
import { NpsResponse } from '../../nps/response.entity.js';
import { toGlobalId } from '../../platform/ids.js';
import { daysOfYear } from './calendar.js';
import { annaOf } from './friends.js';
import type { DemoAmbassador } from './people.js';
import { granted, type Plan } from './stage.js';

/** The survey tool asks after the score, some weeks before this morning. */
const askedOn = daysOfYear - 40;
const answersWithinDays = 20;
const answeredShare = 0.6;
const toldMax = 9;
/** One in so many of those who were told became a customer, as far as who told them knows. */
const followedEvery = 4;

const fairOn = daysOfYear - 25;
const officeOpensMinute = 9 * 60;
const officeClosesMinute = 17 * 60;

/** Plans what ambassadors say of whom they told and who followed, and what staff saw with their own eyes. */
export function planTelling(plan: Plan): void {
  const { calendar, dice } = plan;
  for (const ambassador of plan.ambassadors) {
    const wellKnown = ambassador === annaOf(plan);
    if (!wellKnown && (!dice.happens(answeredShare) || ambassador.joinsOn > askedOn)) continue;
    const told = wellKnown ? 6 : dice.between(0, toldMax);
    const day = askedOn + dice.between(0, answersWithinDays);
    const minute = dice.between(officeOpensMinute, officeClosesMinute);
    calendar.plan(day, minute, () => followUp(plan, ambassador, told, Math.floor(told / followedEvery)));
  }
  calendar.plan(fairOn, officeClosesMinute, () => nominate(plan));
}

async function followUp({ stage, joined }: Plan, { contact }: DemoAmbassador, told: number, followed: number) {
  const ambassadorId = joined.get(contact.externalId) ?? '';
  const response = await stage.database.read((db) =>
    db.first(
      NpsResponse,
      sql`JOIN ambassador ON ambassador.contact_id = nps_response.contact_id
        WHERE ambassador.id = ${ambassadorId} ORDER BY nps_response.responded_at DESC LIMIT 1`,
    ),
  );
  if (!response) return;
  const answers = [
    { key: 'ssm', number: told },
    { key: 'ifm', number: followed },
  ];
  const context = stage.as('INTEGRATION', 'survey-tool');
  granted(await stage.features.followUps.record(context, { responseId: response.globalId(), answers }));
}

async function nominate(plan: Plan): Promise<void> {
  const { stage, joined } = plan;
  const ambassadorId = toGlobalId(Ambassador.name, joined.get(annaOf(plan).contact.externalId) ?? '');
  const text = 'She brought in three colleagues at the trade fair';
  const input = { ambassadorId, gate: 'INFLUENCES', people: 3, text } as const;
  granted(await stage.features.nominations.nominate(stage.as('MODERATOR', 'milan'), input));
}
