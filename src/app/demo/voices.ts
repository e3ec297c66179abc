import type { Poll } from '../../polls/poll.entity.js';
import { optionsOf } from '../../polls/poll.loaders.js';
import { daysOfYear } from './calendar.js';
import { granted, type Plan } from './stage.js';

const moderator = 'milan';
/** After everybody has voted for the day. */
const nightMinute = 22 * 60 + 30;

interface DemoPoll {
  readonly question: string;
  readonly description: string;
  readonly options: string[];
  /** How the ambassadors lean, option by option. */
  readonly appeal: readonly number[];
  readonly choicesMax: number;
  readonly days: readonly [from: number, to: number];
}

const demoPolls: readonly DemoPoll[] = [
  {
    question: 'Where shall we hold the next user day?',
    description: 'One day, a hundred people, and a train station within walking distance.',
    options: ['Utrecht', 'Antwerp', 'Eindhoven', 'Online'],
    appeal: [5, 3, 2, 1],
    choicesMax: 1,
    days: [150, 165],
  },
  {
    question: 'Which two should we build first?',
    description: 'All four are drawn; two of them fit into the coming quarter.',
    options: ['Routes by traffic', 'Stock in the van', 'Chat with the customer', 'Photos in the report'],
    appeal: [4, 6, 2, 5],
    choicesMax: 2,
    days: [daysOfYear - 6, daysOfYear + 20],
  },
];

const saidOfIdeas = [
  { status: 'DONE', reply: 'It is in since this month. Thank you for the idea, and for all the votes!' },
  { status: 'PLANNED', reply: 'We begin with it after the summer.' },
  { status: 'PLANNED', reply: null },
  { status: 'DECLINED', reply: 'A good idea, but it does not fit what most of you use. Please keep them coming.' },
] as const;

/** Plans polls, what becomes of the best ideas, and what moderators want to be changed. */
export function planVoices(plan: Plan): void {
  for (const poll of demoPolls) planPoll(plan, poll);
  const { stage, calendar } = plan;
  calendar.plan(daysOfYear - 1, nightMinute, async () => {
    const { ideas } = stage.features;
    const context = () => stage.as('MODERATOR', moderator);
    const best = await ideas.list(context(), { first: saidOfIdeas.length, orderBy: 'MOST_VOTED' });
    for (const [index, { node }] of best.edges.entries()) {
      granted(await ideas.update(context(), { submissionId: node.globalId(), ...saidOfIdeas[index] }));
    }
  });
  calendar.plan(daysOfYear - 1, nightMinute + 10, async () => {
    const { decisions, submissions } = stage.features;
    const context = () => stage.as('MODERATOR', moderator);
    const pending = await submissions.list(context(), { first: 100, status: 'PENDING' });
    const shown = pending.edges.map(({ node }) => node).filter(({ kind }) => kind === 'IDEA' || kind === 'TRIAL');
    for (const submission of shown.slice(0, 1)) {
      const reason = 'Could you say for which trade, and add an example?';
      granted(await decisions.requestChanges(context(), { submissionId: submission.globalId(), reason }));
    }
  });
}

function planPoll({ stage, calendar, dice, ambassadors, joined }: Plan, demo: DemoPoll): void {
  const { appeal, days, ...input } = demo;
  let poll: Poll | undefined;
  calendar.plan(days[0], 9 * 60, async () => {
    const context = stage.as('MODERATOR', moderator);
    const made = await stage.features.polls.create(context, {
      ...input,
      resultsShown: 'AFTER_VOTE',
      closesAt: calendar.at(days[1], 0),
    });
    poll = granted(made);
  });
  const present = ambassadors.filter(({ joinsOn }) => joinsOn < days[0]);
  for (const voter of present.filter(() => dice.happens(0.6))) {
    const chosen = new Set(
      Array.from({ length: demo.choicesMax }, () => dice.weighted([0, 1, 2, 3], (at) => appeal[at] ?? 0)),
    );
    const day = Math.min(dice.between(days[0], days[0] + 5), daysOfYear - 1);
    calendar.plan(day, dice.between(10 * 60, 21 * 60), async () => {
      const { externalId } = voter.contact;
      const ambassadorId = joined.get(externalId);
      if (!poll || !ambassadorId) throw new Error('A poll is voted in before it is made');
      const context = stage.asAmbassador(externalId, ambassadorId);
      const options = await optionsOf.load(context, poll.id);
      const optionIds = options.filter((_, at) => chosen.has(at)).map((option) => option.globalId());
      granted(await stage.features.polls.vote(context, { pollId: poll.globalId(), optionIds }));
    });
  }
}
