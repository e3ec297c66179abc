import { createUnionType, Field, InputType, Int, ObjectType } from 'type-graphql';
import { z } from 'zod';
import { rules } from '../platform/graphql/input.js';
import { JsonObject, Url } from '../platform/graphql/scalars.js';
import type { ProofKind } from './challenge.entity.js';

const body = (max: number) => rules.text(max).min(1, 'must not be empty');
const rating = z.number().int().min(1, 'must be from 1 to 5').max(5, 'must be from 1 to 5');
const consent = z.boolean().refine((given) => given, 'must be true: a quote without consent to publish is of no use');

export const proofRules = z.object({
  review: z
    .object({
      platform: rules.line(100),
      url: rules.url,
      rating: rating.nullish(),
      text: body(10_000).nullish(),
      disclosureVersion: z.string().max(64, 'is no version').nullish(),
    })
    .nullish(),
  quote: z.object({ text: body(5_000), attribution: rules.line(200), consentToPublish: consent }).nullish(),
  link: z.object({ url: rules.url, note: body(2_000).nullish() }).nullish(),
  answer: z.object({ text: body(10_000) }).nullish(),
  form: z.object({ values: z.record(z.string(), z.unknown()) }).nullish(),
});

/* Each proof is asked for and shown in the same shape. */

@ObjectType('ReviewProof', { description: 'A review that was written on a platform.' })
@InputType('ReviewProofInput', { description: 'A review that was written on a platform.' })
export class ReviewProof {
  @Field({
    description:
      'Where it was written, as in Trustpilot: the name or the key of one of reviewPlatforms. Kept under its name.',
  })
  readonly platform: string;

  @Field(() => Url, { description: 'Where it can be read: an address on a domain of the platform.' })
  readonly url: string;

  @Field(() => Int, { nullable: true, description: 'The stars given, 1 to 5. Points never depend on it.' })
  readonly rating?: number | null;

  @Field(() => String, { nullable: true, description: 'What it says, at most 10,000 characters.' })
  readonly text?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The version of Challenge.disclosure that was shown before it was written. If left out, that of the present text in the language of the caller. Another text than the challenge shows now is refused: show that one.',
  })
  readonly disclosureVersion?: string | null;
}

@ObjectType('QuoteProof', { description: 'A quote that may be published.' })
@InputType('QuoteProofInput', { description: 'A quote that may be published.' })
export class QuoteProof {
  @Field({ description: 'The quote, at most 5,000 characters.' })
  readonly text: string;

  @Field({ description: 'Who said it, as it should be printed, as in "Anna de Vries, Amsterdam".' })
  readonly attribution: string;

  @Field({ description: 'That it may be published. A quote counts only when this is true.' })
  readonly consentToPublish: boolean;
}

@ObjectType('LinkProof', { description: 'Something that can be seen at an address.' })
@InputType('LinkProofInput', { description: 'Something that can be seen at an address.' })
export class LinkProof {
  @Field(() => Url, { description: 'Where it can be seen.' })
  readonly url: string;

  @Field(() => String, { nullable: true, description: 'What else there is to say about it, at most 2,000 characters.' })
  readonly note?: string | null;
}

@ObjectType('AnswerProof', { description: 'A text that answers what was asked.' })
@InputType('AnswerProofInput', { description: 'A text that answers what was asked.' })
export class AnswerProof {
  @Field({ description: 'The answer, at most 10,000 characters.' })
  readonly text: string;
}

@ObjectType('FormProof', { description: 'A form that was filled in.' })
@InputType('FormProofInput', { description: 'A form that was filled in.' })
export class FormProof {
  @Field(() => JsonObject, {
    description: 'What was filled in, by the names that Challenge.form gives; at most 32 KB.',
  })
  readonly values: Record<string, unknown>;
}

@InputType({
  description:
    'Exactly one proof: the one that Challenge.proofKind names. Another one is InputInvalid at ["proof"]. A REFERRAL takes an answer: whom they know.',
})
export class SubmissionProofInput {
  @Field(() => ReviewProof, { nullable: true, description: 'For REVIEW.' })
  readonly review?: ReviewProof | null;

  @Field(() => QuoteProof, { nullable: true, description: 'For QUOTE.' })
  readonly quote?: QuoteProof | null;

  @Field(() => LinkProof, {
    nullable: true,
    description: 'For VOTE, BLOG_POST, SOCIAL_SHARE, CASE_STUDY and NEWSLETTER_MENTION.',
  })
  readonly link?: LinkProof | null;

  @Field(() => AnswerProof, {
    nullable: true,
    description:
      'For REFERRAL, RECOMMENDATION, TRIAL, IDEA, SERVICE_FEEDBACK, EVENT_FEEDBACK, BETA_PROGRAM and CUSTOM.',
  })
  readonly answer?: AnswerProof | null;

  @Field(() => FormProof, { nullable: true, description: 'For CUSTOM where the challenge has a form.' })
  readonly form?: FormProof | null;
}

export const SubmissionProof = createUnionType({
  name: 'SubmissionProof',
  description: 'What shows that it was done.',
  types: () => [ReviewProof, QuoteProof, LinkProof, AnswerProof, FormProof] as const,
});
export type SubmissionProof = ReviewProof | QuoteProof | LinkProof | AnswerProof | FormProof;

/** The proof within an input or a row, as an object of its own type. */
export function proofIn({ review, quote, link, answer, form }: SubmissionProofInput): SubmissionProof {
  if (review) return Object.assign(new ReviewProof(), review);
  if (quote) return Object.assign(new QuoteProof(), quote);
  if (link) return Object.assign(new LinkProof(), link);
  if (answer) return Object.assign(new AnswerProof(), answer);
  if (form) return Object.assign(new FormProof(), form);
  throw new Error('A submission has no proof');
}

/** Whether the proof is the one that a challenge takes. */
export function isProofOf(kind: ProofKind, { review, quote, link, answer, form }: SubmissionProofInput): boolean {
  return Boolean({ REVIEW: review, QUOTE: quote, LINK: link, ANSWER: answer, FORM: form }[kind]);
}
