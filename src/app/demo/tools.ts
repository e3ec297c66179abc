import { SecretKeyMissing } from '../../platform/graphql/problem.js';
import { daysOfYear } from './calendar.js';
import { granted, type Plan } from './stage.js';

const teaTime = 16 * 60;

/** What the form asks, as Typeform tells of it. */
const answered = (id: string, email: string, score: number | undefined) => ({
  event_id: `event-${id}`,
  event_type: 'form_response',
  form_response: {
    token: `response-${id}`,
    hidden: { email, form: 'after support' },
    answers: [
      ...(score === undefined ? [] : [{ type: 'number', number: score, field: { id: 'nps', type: 'nps' } }]),
      { type: 'text', text: 'Helped within the hour.', field: { id: 'why', type: 'long_text' } },
      { type: 'choice', choice: { label: 'Phone' }, field: { id: 'how', ref: 'how', type: 'multiple_choice' } },
    ],
  },
});

/** A form in Typeform beside the own survey, whose messages are read; one of them says too little. */
export function planTools({ stage, calendar, people }: Plan): void {
  const [first, second] = people.slice(-2).map(({ contact }) => `${contact.email}`);
  if (!first || !second) return;
  calendar.plan(daysOfYear - 2, teaTime, async () => {
    const { surveys, webhookSources, webhookDeliveries, webhookReading } = stage.features;
    const admin = () => stage.as('ADMIN', 'admin');
    const survey = { key: 'support', name: 'After support', kind: 'NPS', isAnonymous: false } as const;
    const made = await webhookSources.create(admin(), {
      kind: 'TYPEFORM',
      name: 'Typeform after support',
      surveyKey: granted(await surveys.create(admin(), survey)).key,
    });
    // Without a key nothing secret can be kept: then the demo does without.
    if (made instanceof SecretKeyMissing) return;
    const { source } = granted(made);
    for (const message of [answered('1', first, 10), answered('2', second, undefined)]) {
      await webhookDeliveries.keep(source, { headers: {}, url: '', body: JSON.stringify(message) }, message);
    }
    await webhookReading.readSome();
  });
}
