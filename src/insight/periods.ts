import { ArgsType, Field } from 'type-graphql';
import { z } from 'zod';
import { periodStarts } from '../nps/interval.js';
import { argumentRefused, rules, Validated } from '../platform/graphql/input.js';

/** As many months as any question of insight looks at. */
export const monthsMax = 36;
const yearMilliseconds = 365 * 86_400_000;

@Validated(
  z
    .object({ from: rules.time.nullish(), to: rules.time.nullish() })
    .refine(({ from, to }) => !from || !to || from < to, { path: ['to'], error: 'must be later than from' }),
)
@ArgsType()
export class SpanArgs {
  @Field(() => Date, { nullable: true, description: 'At this moment or later; a year before `to` if left out.' })
  readonly from?: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Before this moment; until now if left out. At most 36 months of the calendar from `from` on.',
  })
  readonly to?: Date | null;
}

/** A stretch of time, its end excluded, and the beginnings of the months of the calendar that it touches. */
export interface Span {
  readonly from: Date;
  readonly to: Date;
  readonly months: readonly Date[];
}

/** The time that is asked about. More than 36 months are the caller's error. */
export function spanOf({ from, to }: SpanArgs, timeZone: string, now: Date): Span {
  // What happens at this very moment counts.
  const end = to ?? new Date(now.getTime() + 1);
  const begin = from ?? new Date(end.getTime() - yearMilliseconds);
  if (begin >= end) throw argumentRefused(['from'], 'must be earlier than to');
  const months = periodStarts('MONTH', timeZone, { first: begin, last: new Date(end.getTime() - 1) }, monthsMax);
  if (!months) throw argumentRefused(['from'], `must not be more than ${monthsMax} months before to`);
  return { from: begin, to: end, months };
}

/** The same, its first month from its beginning on: for what is told by month. */
export function wholeMonths(args: SpanArgs, timeZone: string, now: Date): Span {
  const span = spanOf(args, timeZone, now);
  return { ...span, from: span.months[0] ?? span.from };
}
