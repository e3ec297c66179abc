import { Field, Float, Int, ObjectType } from 'type-graphql';
import { fisherExact, type TwoByTwo } from '../../platform/statistics/fisher-exact.js';
import { benjaminiHochberg } from '../../platform/statistics/multiple-testing.js';
import type { AttributeTables } from './attribute-tables.js';

/** The standard normal's 97.5% point. */
const z = 1.96;
/** Of the findings that are shown, one in twenty is expected to be chance. */
const falseShareMax = 0.05;
const findingsMax = 50;

@ObjectType({ description: 'An attribute that enthusiastic customers share.' })
export class CommonThreadFinding {
  @Field({ description: 'The attribute.' })
  readonly attributeName: string;

  @Field({
    description: 'The value, as text; of an attribute with many different numbers a quarter of them, as in "12 to 40".',
  })
  readonly value: string;

  @Field(() => Int, { description: 'How many contacts have it; never fewer than 5.' })
  readonly contacts: number;

  @Field(() => Float, { description: 'Which share of them is enthusiastic, 0 to 1.' })
  readonly enthusiastShare: number;

  @Field(() => Float, { description: 'That share divided by the share among those without it; 2 is twice as many.' })
  readonly lift: number;

  @Field(() => Float, { description: 'The lower end of the 95% interval of the lift.' })
  readonly liftLower: number;

  @Field(() => Float, { description: 'The upper end of the 95% interval of the lift.' })
  readonly liftUpper: number;

  @Field(() => Float, { description: "How likely this is by chance alone: Fisher's exact test, two-sided." })
  readonly pValue: number;

  @Field(() => Float, {
    description: 'The same corrected for looking at all attributes, by Benjamini and Hochberg: at most 0.05.',
  })
  readonly qValue: number;
}

@ObjectType({ description: 'What the most enthusiastic customers have in common.' })
export class CommonThread {
  @Field(() => Int, { description: 'How many contacts answered; each counts once, by the last answer.' })
  readonly contacts: number;

  @Field(() => Int, { description: 'How many of them are enthusiastic.' })
  readonly enthusiasts: number;

  @Field(() => Int, {
    description:
      'How many groups were compared: every value of every attribute that at least 5 contacts have and 5 have not.',
  })
  readonly comparedGroups: number;

  @Field(() => [CommonThreadFinding], {
    description:
      'What is more than chance, the highest lift first, at most 50. Of all that is ever shown here, about one finding in twenty is chance all the same.',
  })
  readonly findings: readonly CommonThreadFinding[];
}

/** Compares every group with all others, and keeps what is more than chance. */
export function findThread(gathered: AttributeTables): CommonThread {
  const tables = gathered.tables();
  const pValues = tables.map(({ table }) => fisherExact(table));
  const qValues = benjaminiHochberg(pValues);
  const findings = tables
    .map(({ name, value, table }, index) => ({
      attributeName: name,
      value,
      contacts: table.withInGroup + table.withOutside,
      enthusiastShare: table.withInGroup / (table.withInGroup + table.withOutside),
      ...liftOf(table),
      pValue: pValues[index] ?? 1,
      qValue: qValues[index] ?? 1,
    }))
    .filter(({ lift, qValue }) => lift > 1 && qValue <= falseShareMax)
    .sort((a, b) => b.lift - a.lift || a.pValue - b.pValue)
    .slice(0, findingsMax);
  const { contacts, enthusiasts } = gathered;
  return Object.assign(new CommonThread(), { contacts, enthusiasts, comparedGroups: tables.length, findings });
}

/**
 * The ratio of two shares and its 95% interval, by the logarithm of the ratio (Katz and others, Biometrics 34, 1978). Half
 * a contact is added to each cell where one is empty, so that neither is 0 nor infinite.
 */
function liftOf(table: TwoByTwo): { lift: number; liftLower: number; liftUpper: number } {
  const cells = [table.withInGroup, table.withOutside, table.withoutInGroup, table.withoutOutside];
  const [a, b, c, d] = cells.map((cell) => cell + (cells.includes(0) ? 0.5 : 0)) as [number, number, number, number];
  const lift = a / (a + b) / (c / (c + d));
  const error = Math.sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d));
  return { lift, liftLower: lift * Math.exp(-z * error), liftUpper: lift * Math.exp(z * error) };
}
