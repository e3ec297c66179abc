import sql, { join } from 'sql-template-tag';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../identity/session.js';
import type { BaseContext } from '../../platform/graphql/context.js';
import { grouped, Loader } from '../../platform/graphql/loader.js';
import { Submission } from '../submission.entity.js';
import { submissionById } from '../submission.loaders.js';
import { SubmissionFlag } from './duplicate.entity.js';

/** The flags of a submission, the strongest likeness first. */
const flagsOf = new Loader(async (context: BaseContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(
      SubmissionFlag,
      sql`WHERE submission_id IN (${join([...ids])}) ORDER BY similarity_percent DESC, like_id, reason`,
    ),
  );
  return grouped(ids, rows, (row) => row.submissionId);
});

@Resolver(() => Submission)
export class SubmissionFlagsResolver {
  @FieldResolver(() => [SubmissionFlag], {
    nullable: true,
    description:
      'What looks like other submissions, the strongest likeness first, at most 10; found a moment after it came in. It is for moderators to judge: nothing is rejected by it. For staff; null for all others.',
  })
  flags(@Root() submission: Submission, @Ctx() context: RequestContext): Promise<SubmissionFlag[]> {
    return flagsOf.load(context, submission.id);
  }
}

@Resolver(() => SubmissionFlag)
export class FlagResolver {
  @FieldResolver(() => Submission, { description: 'The submission that it is like.' })
  async like(@Root() flag: SubmissionFlag, @Ctx() context: RequestContext): Promise<Submission> {
    const submission = await submissionById.load(context, flag.likeId);
    if (!submission) throw new Error('A submission that is referred to is gone');
    return submission;
  }
}
