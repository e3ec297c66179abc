import sql from 'sql-template-tag';
import { Contact } from '../../contacts/contact.entity.js';
import { SurveyInvitation } from '../../invitations/invitation.entity.js';
import type { Mail, MailCarrier, MailOutcome } from '../../notify/mail/mail.js';
import { daysOfYear } from './calendar.js';
import { Dice } from './dice.js';
import type { Person } from './people.js';
import { granted, type Plan } from './stage.js';

/** The survey that goes out by mail, after a delivery. */
const deliverySurvey = { key: 'delivery', name: 'After a delivery' };
const sentOn = daysOfYear - 24;
const reminderAfterDays = 5;
const officeOpensMinute = 9 * 60;
const seed = 24;

const askedCount = 24;
const answeredShare = 0.55;

/** In this brand's list, addresses of customers whose number ends so are out of use. */
const gone = /7@/;

/** Takes mails nowhere, as if a provider had: some come back. */
export class DemoCarrier implements MailCarrier {
  readonly isReady = true;

  messageIdOf(key: string): string {
    return `<${key}@example.com>`;
  }

  async send({ to }: Mail): Promise<MailOutcome> {
    return gone.test(to.address) ? { outcome: 'BOUNCED', reason: '550 5.1.1' } : { outcome: 'ACCEPTED' };
  }

  close(): void {}
}

/** Plans a wave by mail: asked, reminded, answered by most, with addresses that are gone and one person who has had enough. */
export async function planMailing(plan: Plan): Promise<void> {
  const { stage, calendar, people, ambassadors } = plan;
  const { surveys, surveyLinks } = stage.features;
  if (!surveyLinks.isReady) return;
  const survey = { ...deliverySurvey, kind: 'NPS', isAnonymous: false } as const;
  granted(await surveys.create(stage.as('ADMIN', 'admin'), survey));
  const joined = new Set(ambassadors.map(({ contact }) => contact.externalId));
  const asked = people.filter(({ contact }) => !joined.has(contact.externalId)).slice(-askedCount);
  calendar.plan(sentOn, officeOpensMinute, () => create(plan, asked));
  for (const day of [sentOn, sentOn + reminderAfterDays]) {
    calendar.plan(day, officeOpensMinute + 1, () => send(plan));
  }
  const [leaving, ...others] = asked.filter(({ contact }) => !gone.test(contact.email ?? ''));
  const dice = new Dice(seed);
  if (leaving) calendar.plan(sentOn, officeOpensMinute + 30, () => unsubscribe(plan, leaving));
  for (const each of others) {
    if (!dice.happens(answeredShare)) continue;
    const score = Math.min(10, Math.max(0, Math.round(8 + 1.4 * each.enthusiasm)));
    const day = sentOn + dice.between(0, reminderAfterDays + 3);
    calendar.plan(day, officeOpensMinute + dice.between(60, 400), () => answer(plan, each, score));
  }
}

async function create(plan: Plan, asked: readonly Person[]): Promise<void> {
  const contactIds: string[] = [];
  for (const person of asked) contactIds.push((await contactOf(plan, person)).globalId());
  granted(
    await plan.stage.features.invitationWaves.create(plan.stage.as('ADMIN', 'admin'), {
      name: 'Deliveries of this month',
      surveyKey: deliverySurvey.key,
      channel: 'MAIL',
      contactIds,
      ratePerMinute: 6_000,
      reminderAfterDays,
      remindersMax: 1,
      linkDays: 30,
      language: 'nl',
      languageFixed: false,
      idempotencyKey: 'deliveries',
    }),
  );
}

async function send({ stage: { features } }: Plan): Promise<void> {
  await features.jobWorker.drain();
  while ((await features.mailSending.sendSome()) > 0);
}

async function answer(plan: Plan, person: Person, score: number): Promise<void> {
  const { stage } = plan;
  const { id } = await contactOf(plan, person);
  const invitation = await stage.database.read((db) =>
    db.first(SurveyInvitation, sql`WHERE contact_id = ${id} AND link_id IS NOT NULL`),
  );
  if (!invitation?.linkId) return;
  const { token } = stage.features.surveyLinks.issued(invitation.linkId);
  granted(await stage.features.answering.answer({ token, score }, []));
}

async function unsubscribe(plan: Plan, person: Person): Promise<void> {
  const { id } = await contactOf(plan, person);
  await plan.stage.features.mailStandings.unsubscribe(plan.stage.features.mailStandings.tokenOf(id));
}

async function contactOf({ stage }: Plan, { contact: { externalId } }: Person): Promise<Contact> {
  const contact = await stage.database.read((db) =>
    db.first(Contact, sql`WHERE program_id = ${stage.program.id} AND external_id = ${externalId}`),
  );
  if (!contact) throw new Error('Somebody who is to be asked is not known yet');
  return contact;
}
