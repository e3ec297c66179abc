import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { defaultAllDays, defaultDays, FatigueKind } from './fatigue-kind.js';

/** How often a program asks one person, where it says otherwise than the defaults. */
@Entity('fatigue_terms')
export class FatigueTerms {
  @IdColumn('program_id')
  readonly programId: string;

  /** By kind; kinds that are not named have their default. */
  @Stored('json', 'days_by_kind')
  readonly daysByKind: Readonly<Partial<Record<FatigueKind, number>>>;

  @Stored('integer', 'all_days')
  readonly allDays: number;
}

/**
 * That a person was asked for something: one row for each time, whoever asked. It says which span had to be clear of
 * asks for it, so that what was kept to can be checked after the terms changed.
 */
@Entity('contact_ask')
@Index('ix_contact_ask_contact', ['contactId', 'kind', 'askedAt'])
@Index('uq_contact_ask_cause', ['causeId'], { unique: true })
export class ContactAsk {
  @IdColumn()
  readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('id', 'contact_id')
  readonly contactId: string;

  @Stored('key', 'kind')
  readonly kind: FatigueKind;

  /** What asked: the row of an ask or of an invitation. */
  @Stored('id', 'cause_id')
  readonly causeId: string;

  @Stored('time', 'asked_at')
  readonly askedAt: Date;

  /** After this moment nothing of the kind was asked before. */
  @Stored('time', 'kind_clear_since')
  readonly kindClearSince: Date;

  /** After this moment nothing at all was asked before; null for what is asked in reply to an answer. */
  @Optional('time', 'all_clear_since')
  readonly allClearSince: Date | null;
}

@ObjectType({ description: 'How often one person is asked for things of one kind.' })
export class FatigueClock {
  @Field(() => FatigueKind, { description: 'What is asked.' })
  readonly kind: FatigueKind;

  @Field(() => Int, { description: 'At most once in so many days; 0: as often as there is cause to.' })
  readonly days: number;
}

@ObjectType({
  description:
    'How often one person is asked. Each kind has its own clock, so that no survey uses up the turn of a review; the clock over all holds what goes out by itself, not what is asked in reply to an answer.',
})
export class FatigueBudget {
  @Field(() => Int, {
    description: 'Nothing goes out to somebody who was asked for anything in so many days; 0: no such limit.',
  })
  readonly allDays: number;

  @Field(() => [FatigueClock], { description: 'The clock of each kind.' })
  readonly clocks: readonly FatigueClock[];

  constructor(terms: Pick<FatigueTerms, 'allDays' | 'daysByKind'> | undefined) {
    const days = { ...defaultDays, ...terms?.daysByKind };
    this.allDays = terms?.allDays ?? defaultAllDays;
    this.clocks = (Object.keys(defaultDays) as FatigueKind[]).map((kind) =>
      Object.assign(new FatigueClock(), { kind, days: days[kind] }),
    );
  }

  daysOf(kind: FatigueKind): number {
    return this.clocks.find((clock) => clock.kind === kind)?.days ?? defaultDays[kind];
  }
}
