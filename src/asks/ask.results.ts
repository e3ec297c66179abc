import { createUnionType, Field, Float, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../platform/graphql/connection.js';
import { InputInvalid, NotFound } from '../platform/graphql/problem.js';
import { AskLeftOut } from './ask.candidate.js';
import { Ask } from './ask.entity.js';
import { AskKind } from './ask.kinds.js';
import { AskOrder } from './ask.order.js';

@ObjectType({ description: 'A page of asks.' })
export class AskConnection extends connectionOf(Ask) {}

@ObjectType({ description: 'Something that could have been asked, as it stood when the ask was made.' })
export class AskCandidate {
  @Field(() => AskKind, { description: 'What it asks for.' })
  readonly kind: AskKind;

  /** The challenge, where it is one. */
  readonly challengeId: string | null;

  @Field(() => AskLeftOut, { nullable: true, description: 'Why it was left out; null where it could be chosen.' })
  readonly leftOut: AskLeftOut | null;

  @Field(() => Float, {
    description: 'With which chance it was chosen, 0 to 1; 1 for what the rule or the pinned order chose.',
  })
  readonly probability: number;

  @Field(() => Float, {
    description:
      'The share of such asks that was expected to be accepted, 0 to 1: the mean of a Beta distribution that begins at 1 accepted and 3 not.',
  })
  readonly expectedAcceptance: number;

  @Field(() => Int, { description: 'How often people of the same group had been asked for this.' })
  readonly asked: number;

  @Field(() => Int, { description: 'How many of these had accepted.' })
  readonly accepted: number;
}

@ObjectType({ description: 'How asks of one kind go with one group of people.' })
export class AskArm {
  @Field(() => AskKind, { description: 'What is asked for.' })
  readonly kind: AskKind;

  @Field(() => Int, { description: 'How often it was asked.' })
  readonly asked: number;

  @Field(() => Int, { description: 'How many did it in time.' })
  readonly accepted: number;

  @Field(() => Int, { description: 'How many said no.' })
  readonly declined: number;

  @Field(() => Int, { description: 'Of how many nothing came in time.' })
  readonly expired: number;

  @Field(() => Float, { description: 'The share that is expected to accept, 0 to 1: the mean of what is believed.' })
  readonly expectedAcceptance: number;

  @Field(() => Float, {
    description:
      'With which chance a draw would choose it now, 0 to 1, from somebody who can be asked for each of these.',
  })
  readonly probability: number;
}

@ObjectType({ description: 'What a program knows of the asks to people who are alike.' })
export class AskGroup {
  @Field({
    description:
      'Who they are: the band of their last answer, NONE for who never gave one; after a colon the value of the group attribute where there is one.',
  })
  readonly key: string;

  @Field(() => [AskArm], { description: 'Each kind that they were asked for, the one expected to do best first.' })
  readonly arms: readonly AskArm[];
}

@ObjectType({ description: 'Thanks are given, and the next is asked; again for the same submission: the same ask.' })
export class AskMade {
  @Field(() => Ask, { description: 'What to say and ask now.' })
  readonly ask: Ask;

  constructor(ask: Ask) {
    this.ask = ask;
  }
}

@ObjectType({ description: 'They said no, and are spared.' })
export class AskDeclined {
  @Field(() => Ask, { description: 'The ask as it is now.' })
  readonly ask: Ask;

  constructor(ask: Ask) {
    this.ask = ask;
  }
}

@ObjectType({ description: 'From now on asks are decided like this.' })
export class AskOrderReplaced {
  @Field(() => AskOrder, { description: 'The order as it is now.' })
  readonly order: AskOrder;

  constructor(order: AskOrder) {
    this.order = order;
  }
}

export const AskNextResult = createUnionType({
  name: 'AskNextResult',
  description: 'What askNext answers.',
  types: () => [AskMade, InputInvalid, NotFound] as const,
});

export const AskDeclineResult = createUnionType({
  name: 'AskDeclineResult',
  description: 'What askDecline answers.',
  types: () => [AskDeclined, InputInvalid, NotFound] as const,
});

export const AskOrderSetResult = createUnionType({
  name: 'AskOrderSetResult',
  description: 'What askOrderSet answers.',
  types: () => [AskOrderReplaced, InputInvalid] as const,
});
