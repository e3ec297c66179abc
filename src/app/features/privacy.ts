import sql from 'sql-template-tag';
import { Contact } from '../../contacts/contact.entity.js';
import type { ContactService } from '../../contacts/contact.service.js';
import { IdempotencyRecord } from '../../platform/idempotency/idempotency.entity.js';
import { idsOf } from '../../platform/personal.js';
import { ConsentResolver, ProgramConsentResolver } from '../../privacy/consent.resolver.js';
import { ConsentService } from '../../privacy/consent.service.js';
import { Consents } from '../../privacy/consents.js';
import { Erasing } from '../../privacy/erasing.js';
import { Erasure } from '../../privacy/erasure.entity.js';
import { ErasureService } from '../../privacy/erasure.service.js';
import { ExportService } from '../../privacy/export.service.js';
import { PersonResolver } from '../../privacy/person.resolver.js';
import { definePrivacy } from '../../privacy/privacy.personal.js';
import { RetentionResolver } from '../../privacy/retention.resolver.js';
import { RetentionService } from '../../privacy/retention.service.js';
import { Suppressions } from '../../privacy/suppressions.js';
import { Referral } from '../../referrals/referral.entity.js';
import type { Kit } from './kit.js';

/** What people may decide about what is known of them, and how it is forgotten. */
export function composePrivacy(
  { database, events, clock, jobs, nodes, sealer, personalData, retention }: Kit,
  { contacts }: { readonly contacts: ContactService },
) {
  const suppressions = new Suppressions(sealer);
  const consents = new Consents(suppressions);
  const consentRecords = new ConsentService(database, events, contacts, consents);
  const erasing = new Erasing(events, personalData, suppressions, jobs);
  const erasures = new ErasureService(database, events, erasing, suppressions);
  const personalExport = new ExportService(database, events, personalData);
  const retentions = new RetentionService(database, clock, retention);
  definePrivacy(personalData);
  retention.define({
    kind: 'REQUEST_KEYS',
    entity: IdempotencyRecord,
    where: sql`1 = 1`,
    forget: async (tx, rows) => {
      await tx.execute(sql`DELETE FROM idempotency_key WHERE id IN (${idsOf(rows)})`);
    },
  });
  retention.define({
    kind: 'UNCONVERTED_FRIENDS',
    entity: Referral,
    // Whom the program knows by this registration alone: made at the same moment, and nothing else since.
    where: sql`status IN ('REGISTERED', 'REJECTED') AND EXISTS (
      SELECT 1 FROM contact WHERE contact.id = referral.friend_id AND contact.created_at = referral.registered_at
        AND contact.erased_at IS NULL)
      AND NOT EXISTS (SELECT 1 FROM ambassador WHERE ambassador.contact_id = referral.friend_id)
      AND NOT EXISTS (SELECT 1 FROM consent WHERE consent.contact_id = referral.friend_id)
      AND NOT EXISTS (SELECT 1 FROM nps_response WHERE nps_response.contact_id = referral.friend_id
        AND nps_response.survey_id IN (SELECT survey.id FROM survey WHERE survey.program_id = referral.program_id))
      AND NOT EXISTS (SELECT 1 FROM referral o WHERE o.friend_id = referral.friend_id
        AND (o.status NOT IN ('REGISTERED', 'REJECTED') OR o.id > referral.id))`,
    forget: async (tx, rows) => {
      for (const { friendId } of rows) {
        const friend = await tx.first(Contact, sql`WHERE id = ${friendId} ${tx.forUpdate}`);
        if (friend) await erasing.erase(tx, friend, { ground: 'NO_LONGER_NEEDED', suppress: false });
      }
    },
  });
  nodes.register(Erasure, (context, id) => erasures.find(context, id));
  return {
    services: { personalData, consents, consentRecords, erasures, personalExport, retentions },
    resolvers: [
      new ConsentResolver(consentRecords),
      new ProgramConsentResolver(consentRecords),
      new PersonResolver(erasures, personalExport),
      new RetentionResolver(retentions),
    ],
    jobs: [{ name: 'privacy.forget', everyMilliseconds: 3_600_000, doSome: () => retentions.forgetSome() }],
  };
}
