import { Field, Int, ObjectType } from 'type-graphql';
import { Entity } from 'typeorm';
import { IdColumn, Stored } from '../platform/database/columns.js';
import { graphqlEnum } from '../platform/graphql/enums.js';
import { AskKind } from './ask.kinds.js';

export const AskMode = graphqlEnum('AskMode', 'How it is decided what somebody is asked, where nothing is pinned.', {
  RULE: 'By the rule: the best open challenge of another kind than the last one, then sharing.',
  LEARNING: 'By a draw in favour of what worked with people like them (Thompson sampling), once enough is known.',
});
export type AskMode = keyof typeof AskMode;

/** All that a program can say of its asks. */
export interface AskOrderSettings {
  readonly mode: AskMode;
  readonly pinned: readonly AskKind[];
  readonly excluded: readonly AskKind[];
  readonly windowDays: number;
  readonly learnFromAsks: number;
  readonly groupAttribute: string | null;
  readonly phoneAttribute: string;
}

/** What every program starts with. */
export const defaultOrder: AskOrderSettings = {
  mode: 'RULE',
  pinned: [],
  excluded: [],
  windowDays: 14,
  learnFromAsks: 50,
  groupAttribute: null,
  phoneAttribute: 'phone',
};

/** What a program changed of them; no row while nothing was. */
@Entity('ask_order')
export class AskOrderRow {
  @IdColumn('program_id')
  readonly programId: string;

  @Stored('json', 'settings')
  readonly settings: AskOrderSettings;
}

@ObjectType({ description: 'How a program decides what somebody is asked next.' })
export class AskOrder implements AskOrderSettings {
  @Field(() => AskMode, { description: 'What decides where nothing pinned can be asked.' })
  readonly mode: AskMode;

  @Field(() => [AskKind], { description: 'What is asked first, in this order, whenever it can be.' })
  readonly pinned: readonly AskKind[];

  @Field(() => [AskKind], { description: 'What is never asked.' })
  readonly excluded: readonly AskKind[];

  @Field(() => Int, { description: 'How many days after it was asked something still counts as done because of it.' })
  readonly windowDays: number;

  @Field(() => Int, {
    description:
      'From how many asks with a known outcome on the draw decides, counted in the group of the respondent over all that could be asked; the rule decides before.',
  })
  readonly learnFromAsks: number;

  @Field(() => String, {
    nullable: true,
    description:
      'The attribute that says, beside the band, who is alike: people with another value are learnt of apart. Null for the band alone.',
  })
  readonly groupAttribute: string | null;

  @Field({
    description:
      'The attribute of contacts that holds their telephone number: who has none is not asked to share by WhatsApp.',
  })
  readonly phoneAttribute: string;
}

export function askOrderOf(settings: AskOrderSettings): AskOrder {
  return Object.assign(new AskOrder(), settings);
}
