import { Field, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { AudienceRuleNode, audienceRule } from '../audience/audience.inputs.js';
import type { AudienceRule } from '../audience/rule.js';
import { rules } from '../platform/graphql/input.js';
import { JsonObject } from '../platform/graphql/scalars.js';

const range = (min: number, max: number) => {
  const text = `must be from ${min} to ${max.toLocaleString('en')}`;
  return z.number().int().min(min, text).max(max, text);
};

/** The rules of what only some kinds can ask; which kind asks what is for the service to say. */
export const termRules = {
  disclosureText: rules.text(2_000).min(1, 'must not be empty').nullish(),
  eventEndsAt: rules.time.nullish(),
  seats: range(1, 100_000).nullish(),
  form: z.record(z.string(), z.unknown()).nullish(),
  peersNeeded: range(1, 100).nullish(),
  votesPerVoter: range(1, 100).nullish(),
  voters: audienceRule.nullish(),
} as const;

@InputType({ description: 'What a challenge asks that only some kinds can ask.' })
export abstract class ChallengeTermsInput {
  @Field(() => String, {
    nullable: true,
    description:
      'Of REVIEW: what ambassadors are told about the reward before they review, at most 2,000 characters; it has to say that they are rewarded, and that the points do not depend on what they write. A text in the language of the caller if left out or null.',
  })
  readonly disclosureText?: string | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Of EVENT_FEEDBACK: when the event is over. The challenge opens then, or later if startsAt says so.',
  })
  readonly eventEndsAt?: Date | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Of BETA_PROGRAM: how many can take part, 1 to 100,000; who comes later waits. Null: any number. Never fewer than take part already.',
  })
  readonly seats?: number | null;

  @Field(() => JsonObject, {
    nullable: true,
    description:
      'Of CUSTOM: the form to fill in, as JSON Schema (2020-12) of an object, at most 16 KB, without references. Null: one text is asked for.',
  })
  readonly form?: Record<string, unknown> | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Where verification is PEERS: how many votes approve a submission, 1 to 100; 3 if left out.',
  })
  readonly peersNeeded?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Where the challenge is votable: for how many submissions one ambassador may vote, 1 to 100; null: any number. Takes no vote back from who has cast more.',
  })
  readonly votesPerVoter?: number | null;

  @Field(() => AudienceRuleNode, {
    nullable: true,
    description:
      'Where the challenge is votable: who may vote, as it holds when they do; null: every ambassador. Takes no vote back.',
  })
  readonly voters?: AudienceRule | null;
}
