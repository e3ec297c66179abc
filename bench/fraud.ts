import 'reflect-metadata';
import { ReferralStrictness } from '../src/referrals/fraud/fraud.enums.js';
import { type Measured, measureFrauds, measureHonest, seeds, sumOf } from '../test/fraud/corpus/measure.js';

/*
 * How many frauds of each kind are blocked or sent to review, and how many of 10,000 honest people are: the corpus of
 * test/fraud through the engine, on the seed that its points were reasoned with and on one that was held out.
 *
 *   npm run bench:fraud [-- --cases 50]
 */

const at = process.argv.indexOf('--cases');
const casesOfKind = at < 0 ? 50 : Number(process.argv[at + 1]);

function report(title: string, measured: readonly Measured[]): void {
  const total = sumOf(measured);
  const share = ((100 * total.flagged) / total.cases).toFixed(2);
  process.stdout.write(`\n${title}: ${total.flagged} of ${total.cases} (${share} %)\n`);
  for (const { name, cases, flagged } of measured) {
    process.stdout.write(`  ${String(flagged).padStart(5)} of ${String(cases).padStart(5)}  ${name}\n`);
  }
}

for (const [name, seed] of Object.entries(seeds)) {
  report(`Frauds blocked or sent to review, seed ${name}`, await measureFrauds(seed, casesOfKind));
  report(`Honest people blocked or sent to review, seed ${name}`, await measureHonest(seed));
}
for (const strictness of Object.values(ReferralStrictness)) {
  const [caught, bothered] = [
    sumOf(await measureFrauds(seeds.heldOut, casesOfKind, strictness)),
    sumOf(await measureHonest(seeds.heldOut, strictness)),
  ];
  const share = (each: Pick<Measured, 'cases' | 'flagged'>) => `${((100 * each.flagged) / each.cases).toFixed(2)} %`;
  process.stdout.write(`\n${strictness}: ${share(caught)} of the frauds, ${share(bothered)} of the honest\n`);
}
