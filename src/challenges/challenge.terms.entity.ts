import { Field, Int, ObjectType } from 'type-graphql';
import { AudienceRuleNode } from '../audience/audience.inputs.js';
import type { AudienceRule } from '../audience/rule.js';
import { Optional } from '../platform/database/columns.js';
import { Node } from '../platform/graphql/node.js';
import { JsonObject } from '../platform/graphql/scalars.js';

/** What a challenge asks that only some kinds can ask; null for all others. */
@ObjectType({ description: 'What a challenge asks that only some kinds can ask.' })
export abstract class ChallengeTerms extends Node {
  /** What a program tells its reviewers instead of the text that everybody starts with. */
  @Optional('text', 'disclosure_text')
  readonly disclosureText: string | null;

  @Field(() => Date, {
    nullable: true,
    description:
      'Of EVENT_FEEDBACK: when the event is over. Nobody can say how it was before that. Null for other kinds, and where it is not known.',
  })
  @Optional('time', 'event_ends_at')
  readonly eventEndsAt: Date | null;

  /** Of BETA_PROGRAM: how many can take part at a time. */
  @Optional('integer', 'seats')
  readonly seats: number | null;

  @Field(() => JsonObject, {
    nullable: true,
    description:
      'Of CUSTOM: the form to fill in, as JSON Schema (2020-12) of an object. Null: one text is asked for. A submission then carries `proof: { form: { values } }`.',
  })
  @Optional('json', 'form')
  readonly form: Readonly<Record<string, unknown>> | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Where verification is PEERS: how many ambassadors have to vote for a submission to approve it.',
  })
  @Optional('integer', 'peers_needed')
  readonly peersNeeded: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'For how many submissions one ambassador may vote; null: for any number.',
  })
  @Optional('integer', 'votes_per_voter')
  readonly votesPerVoter: number | null;

  @Field(() => AudienceRuleNode, {
    nullable: true,
    description: 'Who may vote for its submissions, as it holds when they do; null: every ambassador. For staff.',
  })
  @Optional('json', 'voters')
  readonly voters: AudienceRule | null;
}
