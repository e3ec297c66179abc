import { Field, Float, Int, ObjectType } from 'type-graphql';
import { SuperpromoterGateKey } from '../../influence/gate.js';
import { connectionOf } from '../../platform/graphql/connection.js';

@ObjectType({ description: 'A gate that somebody does not pass yet.' })
export class GateLack {
  @Field(() => SuperpromoterGateKey, { description: 'Which gate.' })
  readonly gate: SuperpromoterGateKey;

  @Field(() => Float, {
    nullable: true,
    description: 'The value now; null where no score was given within the window.',
  })
  readonly value: number | null;

  @Field(() => Float, { description: 'From which value on it is passed.' })
  readonly threshold: number;

  @Field(() => Float, { description: 'How much of it is missing.' })
  readonly missing: number;
}

@ObjectType({ description: 'An ambassador who can become a superpromoter, and what it lacks.' })
export class FocusCandidate {
  readonly ambassadorId: string;

  @Field(() => Float, {
    description: 'How near it is, 0 to 1: the mean over the three gates of value / threshold, each at most 1.',
  })
  readonly closeness: number;

  @Field(() => [GateLack], { description: 'The gates that it does not pass, in the order of the gates: one to three.' })
  readonly lacks: readonly GateLack[];
}

@ObjectType({ description: 'A page of ambassadors who can become superpromoters.' })
export class FocusCandidateConnection extends connectionOf(FocusCandidate) {}

@ObjectType({
  description:
    'Where effort pays most: the fifth of all ambassadors who are nearest to being superpromoters and are not yet. The gates and what counts at them are those of superpromoterTerms.',
})
export class EffortFocus {
  readonly ranked: readonly FocusCandidate[];

  @Field(() => Int, { description: 'How many ambassadors were looked at: the 10,000 who joined last at most.' })
  readonly ambassadors: number;

  @Field(() => Int, { description: 'How many of them are superpromoters.' })
  readonly superpromoters: number;

  @Field({ description: 'Whether all ambassadors were looked at.' })
  readonly isComplete: boolean;
}
