import sql from 'sql-template-tag';
import { Contact } from '../../contacts/contact.entity.js';
import { daysOfYear } from './calendar.js';
import { granted, type Plan } from './stage.js';

/** After the last deed of the day. */
const nightMinute = 23 * 60 + 30;
/** Whoever answered so lately is not asked again before the demo ends. */
const latelyDays = 20;

/** Plans what a few people decide about what is known of them: two withdraw a consent, and one wants to be forgotten. */
export function planPrivacy({ stage, calendar, ambassadors, people }: Plan): void {
  const { consentRecords, erasures } = stage.features;
  const [staysQuiet] = people.filter((person) => !ambassadors.some(({ contact }) => contact === person.contact));
  const [noNews] = ambassadors;
  if (!staysQuiet || !noNews) throw new Error('There is nobody in the demo');
  calendar.plan(daysOfYear - 1, nightMinute, async () => {
    const context = stage.as('INTEGRATION', 'website');
    const how = { decision: 'WITHDRAWN', source: 'preference page', textVersion: '2026-01' } as const;
    const byId = ({ externalId }: { readonly externalId: string }) => ({ contact: { externalId }, ...how });
    granted(await consentRecords.record(context, { ...byId(staysQuiet.contact), purpose: 'SURVEYS' }));
    granted(await consentRecords.record(context, { ...byId(noNews.contact), purpose: 'MESSAGES' }));
  });
  calendar.plan(daysOfYear - 1, nightMinute + 1, async () => {
    const since = new Date(stage.clock.now().getTime() - latelyDays * 86_400_000);
    const forgotten = await stage.database.read((db) =>
      db.first(
        Contact,
        sql`JOIN nps_response ON nps_response.contact_id = contact.id
          WHERE contact.program_id = ${stage.program.id} AND nps_response.responded_at > ${since}
            AND NOT EXISTS (SELECT 1 FROM ambassador WHERE ambassador.contact_id = contact.id)
            AND NOT EXISTS (SELECT 1 FROM consent WHERE consent.contact_id = contact.id)
          ORDER BY nps_response.responded_at, nps_response.id LIMIT 1`,
      ),
    );
    if (!forgotten) throw new Error('Nobody answered lately');
    const wish = { contactId: forgotten.globalId(), ground: 'PERSON_ASKED', suppress: false } as const;
    granted(await erasures.erase(stage.as('ADMIN', 'admin'), wish));
  });
}
