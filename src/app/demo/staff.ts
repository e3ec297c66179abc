import { daysOfYear } from './calendar.js';
import { granted, type Plan, type Stage } from './stage.js';

/** What its employees are asked: anonymously, and by bands that the brand chose with its works council. */
const staffSurvey = {
  key: 'staff',
  name: 'Working at Havenlicht',
  kind: 'ENPS',
  isAnonymous: true,
  bands: { detractorTo: 5, promoterFrom: 8 },
} as const;

const staffWords = {
  en: {
    question: 'How likely is it that you would recommend Havenlicht to a friend as a place to work?',
    passiveQuestion: 'What is missing for a higher score?',
    thanks: 'Thank you. What you all say together is on the agenda of every quarter.',
  },
  nl: {
    question: 'Hoe waarschijnlijk is het dat je Havenlicht als werkgever aanraadt aan een vriend?',
    passiveQuestion: 'Wat mis je nog voor een hoger cijfer?',
    thanks: 'Dank je wel. Wat jullie samen zeggen staat elk kwartaal op de agenda.',
  },
};

const said = [
  'Colleagues who help before you ask.',
  'Meer tijd om dingen af te maken.',
  'Fewer meetings on Mondays.',
  'Dat je hier fouten mag maken.',
];

/** The rounds of a year, each answered within two weeks; of the last a few answers still wait for others. */
const rounds = [
  { day: 100, answers: 21 },
  { day: 191, answers: 24 },
  { day: 282, answers: 26 },
  { day: daysOfYear - 2, answers: 3 },
];
const answersWithinDays = 12;

/** Plans what employees answer by their links, and when enough of it has come to be counted. */
export async function planStaff(plan: Plan): Promise<void> {
  const { stage, calendar, dice } = plan;
  const admin = () => stage.as('ADMIN', 'admin');
  const { surveys, surveyTexts, surveyLinks, waitingAnswers } = stage.features;
  const survey = granted(await surveys.create(admin(), staffSurvey));
  for (const [language, words] of Object.entries(staffWords)) {
    granted(await surveyTexts.set(admin(), { surveyKey: survey.key, language, ...words }));
  }
  const look = { surveyKey: 'nps', brandColor: '#0f4c5c', joinUrl: 'https://havenlicht.example/hub' };
  granted(await surveys.update(admin(), look));
  // Without a key no link can be signed, and nobody answers.
  if (!surveyLinks.isReady) return;
  for (const { day, answers } of rounds) {
    for (let count = 0; count < answers; count++) {
      const score = Math.min(10, Math.max(0, Math.round(7.4 + 1.6 * dice.normal())));
      const comment = dice.happens(0.4) ? dice.pick(said) : null;
      const answerOn = Math.min(daysOfYear - 1, day + dice.between(0, answersWithinDays));
      calendar.plan(answerOn, dice.between(8 * 60, 18 * 60), () => answer(stage, survey, score, comment));
    }
  }
  for (let day = 100; day < daysOfYear; day += 7) {
    calendar.plan(day, 3, async () => {
      await waitingAnswers.releaseSome();
    });
  }
}

async function answer(
  { database, features }: Stage,
  { id: surveyId, programId }: { readonly id: string; readonly programId: string },
  score: number,
  comment: string | null,
): Promise<void> {
  const { token } = await database.transact((tx) =>
    features.surveyLinks.issue(tx, {
      programId,
      surveyId,
      contactId: null,
      channel: 'LINK',
      language: 'nl',
      expiresAt: new Date(tx.now.getTime() + 14 * 86_400_000),
    }),
  );
  granted(await features.answering.answer({ token, score, comment }, ['nl']));
}
