import type { Candidate } from '../src/asks/ask.candidate.js';
import { choose } from '../src/asks/ask.choice.js';
import type { AskKind } from '../src/asks/ask.kinds.js';
import { defaultOrder } from '../src/asks/ask.order.js';
import { type AskCounts, settledOf } from '../src/asks/ask.posterior.js';
import { SeededRandom } from '../src/platform/random.js';

/*
 * Whether learning pays: programs in which each kind of ask is accepted by a planted share of people. How many accept
 * when the rule decides, when learning does, and when somebody knew the best kind from the first day on. Outcomes come
 * late: what is accepted within some days, what is not when its time is over.
 *
 *   npm run bench:asks [-- --asks 2000 --perDay 10 --programs 8]
 */

const option = (name: string, fallback: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const asks = option('asks', 2_000);
const perDay = option('perDay', 10);
const programs = option('programs', 8);
const acceptDays = 7;
const windowDays = defaultOrder.windowDays;
/** Of what the best kind would bring, from the first ask on. */
const reachWanted = 0.7;
/** The same over the last quarter, when it has learnt. */
const reachWantedAtLast = 0.8;

/** In the order of the rule. The best kind comes neither first nor by far. */
const planted: readonly { readonly name: string; readonly rates: readonly (readonly [AskKind, number])[] }[] = [
  {
    name: 'one kind that works',
    rates: [
      ['REVIEW', 0.08],
      ['BLOG_POST', 0.04],
      ['IDEA', 0.3],
      ['QUOTE', 0.12],
      ['SHARE_WHATSAPP', 0.1],
      ['SHARE_FACEBOOK', 0.05],
    ],
  },
  {
    name: 'two that are nearly as good',
    rates: [
      ['BLOG_POST', 0.1],
      ['REVIEW', 0.22],
      ['QUOTE', 0.25],
      ['CASE_STUDY', 0.05],
      ['SHARE_WHATSAPP', 0.15],
    ],
  },
  {
    name: 'all rare',
    rates: [
      ['CASE_STUDY', 0.01],
      ['BLOG_POST', 0.02],
      ['REVIEW', 0.06],
      ['SHARE_EMAIL', 0.03],
    ],
  },
];

type Rates = readonly (readonly [AskKind, number])[];

interface Pending {
  readonly kind: AskKind;
  readonly accepted: boolean;
  readonly dueOn: number;
}

/** Asks one person after the other, each for the first time, and answers what share accepted: of all, and at last. */
function play(rates: Rates, mode: 'RULE' | 'LEARNING', random: SeededRandom): { all: number; last: number } {
  const counts = new Map<AskKind, AskCounts>();
  const countsOf = (kind: AskKind) => counts.get(kind) ?? { asked: 0, accepted: 0, declined: 0, expired: 0 };
  const order = { ...defaultOrder, mode };
  let pending: Pending[] = [];
  let [all, last] = [0, 0];
  for (let ask = 0; ask < asks; ask++) {
    const today = Math.floor(ask / perDay);
    for (const { kind, accepted } of pending.filter(({ dueOn }) => dueOn <= today)) {
      const known = countsOf(kind);
      counts.set(
        kind,
        accepted ? { ...known, accepted: known.accepted + 1 } : { ...known, expired: known.expired + 1 },
      );
    }
    pending = pending.filter(({ dueOn }) => dueOn > today);
    const candidates = rates.map(
      ([kind]): Candidate => ({ kind, challengeId: kind, leftOut: null, counts: countsOf(kind) }),
    );
    const situation = { moment: 'RESPONSE', detractor: false, lastKind: undefined } as const;
    const kind = choose(candidates, situation, order, random).chosen?.kind ?? 'THANKS';
    const accepted = random.next() < rateOf(rates, kind);
    counts.set(kind, { ...countsOf(kind), asked: countsOf(kind).asked + 1 });
    pending.push({
      kind,
      accepted,
      dueOn: today + (accepted ? 1 + Math.floor(random.next() * acceptDays) : windowDays),
    });
    if (accepted) all++;
    if (accepted && ask >= asks * 0.75) last++;
  }
  const settled = [...counts.values()].reduce((sum, each) => sum + settledOf(each), 0);
  if (settled + pending.length < asks) throw new Error('An ask was lost');
  return { all: all / asks, last: last / (asks * 0.25) };
}

function rateOf(rates: Rates, wanted: AskKind): number {
  return rates.find(([kind]) => kind === wanted)?.[1] ?? 0;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`.padStart(7);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

let isRight = true;
process.stdout.write(`${programs} programs of ${asks} asks, ${perDay} a day\n`);
for (const [index, { name, rates }] of planted.entries()) {
  const best = Math.max(...rates.map(([, rate]) => rate));
  const seeds = Array.from({ length: programs }, (_, program) => 20_261_122 + 1_000 * index + program);
  const ruled = seeds.map((seed) => play(rates, 'RULE', new SeededRandom(seed)));
  const learnt = seeds.map((seed) => play(rates, 'LEARNING', new SeededRandom(seed)));
  const [rule, learning] = [mean(ruled.map(({ all }) => all)), mean(learnt.map(({ all }) => all))];
  const atLast = mean(learnt.map(({ last }) => last));
  const holds = learning / best >= reachWanted && atLast / best >= reachWantedAtLast && learning > rule;
  if (!holds) isRight = false;
  process.stdout.write(
    `${holds ? 'yes' : 'NO '}  ${name.padEnd(28)} best${percent(best)}  rule${percent(rule)}  learning${percent(learning)}` +
      `  = ${percent(learning / best)} of the best, at last ${percent(atLast / best)}\n`,
  );
}
process.exitCode = isRight ? 0 : 1;
