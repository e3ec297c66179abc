import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../identity/session.js';
import { Challenge } from '../challenge.entity.js';
import { Submission } from '../submission.entity.js';
import { Disclosure, disclosureOf, disclosureShown } from './disclosure.js';

@Resolver(() => Challenge)
export class ChallengeDisclosureResolver {
  @FieldResolver(() => Disclosure, {
    nullable: true,
    description:
      'Of REVIEW: what to show an ambassador before the review is written: that it is rewarded, and that the points do not depend on what it says. Send its version along with the proof. Null for other kinds.',
  })
  disclosure(
    @Root() challenge: Challenge,
    @Ctx() context: RequestContext,
  ): Pick<Disclosure, 'version' | 'text'> | null {
    return challenge.kind === 'REVIEW' ? disclosureOf(challenge, context.locale) : null;
  }
}

@Resolver(() => Submission)
export class SubmissionDisclosureResolver {
  @FieldResolver(() => Disclosure, {
    nullable: true,
    description:
      'Of a review: what its writer was shown about the reward, as it was then. For the ambassador itself and staff.',
  })
  async disclosure(@Root() submission: Submission, @Ctx() context: RequestContext): Promise<Disclosure | undefined> {
    const { programId, proof } = submission;
    const version = proof.review?.disclosureVersion;
    return version ? disclosureShown.load(context, { programId, version }) : undefined;
  }
}
