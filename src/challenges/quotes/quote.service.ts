import sql from 'sql-template-tag';
import type { RequestContext } from '../../identity/session.js';
import type { Database, Transaction } from '../../platform/database/database.js';
import { newestFirst, paginate } from '../../platform/database/paginate.js';
import type { Events } from '../../platform/events/events.js';
import type { Page, PageArgs } from '../../platform/graphql/connection.js';
import { rowId } from '../../platform/graphql/node.js';
import { InputInvalid, NotFound } from '../../platform/graphql/problem.js';
import { Submission } from '../submission.entity.js';
import { submissionEvent } from '../submission.events.js';
import { submissionById } from '../submission.loaders.js';
import type { QuoteConsentRevokeInput } from './quote.inputs.js';
import { PublishedQuote } from './quote.types.js';

/** Quotes that may be published: approved, with a consent that still holds. */
export class QuoteService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
  ) {}

  /** The published quotes of a program, newest first. For everybody: they are made to be seen. */
  async listPublished(context: RequestContext, page: PageArgs): Promise<Page<PublishedQuote>> {
    context.session.require('quote.read');
    const published = await paginate(this.database, {
      entity: Submission,
      where: sql`submission.program_id = ${context.session.program.id} AND submission.kind = 'QUOTE'
        AND submission.status = 'APPROVED' AND submission.consent_revoked_at IS NULL`,
      order: newestFirst('submission'),
      page,
    });
    return {
      ...published,
      edges: published.edges.map(({ cursor, node }) => ({ cursor, node: PublishedQuote.of(node) })),
    };
  }

  /** Takes the consent to publish a quote back, for good. What it was paid stays. */
  async revokeConsent(
    context: RequestContext,
    { submissionId }: QuoteConsentRevokeInput,
  ): Promise<Submission | InputInvalid | NotFound> {
    const { session } = context;
    session.require('quote.revoke');
    const id = rowId(Submission, submissionId);
    const result = await this.database.transact(async (tx) => {
      const submission = id && (await tx.first(Submission, sql`WHERE id = ${id} ${tx.forUpdate}`));
      if (!submission || submission.programId !== session.program.id) return new NotFound();
      if (!session.may('quote.revoke', submission)) return new NotFound();
      return this.revokeIn(tx, submission);
    });
    submissionById.clear(context);
    return result;
  }

  private async revokeIn(tx: Transaction, submission: Submission): Promise<Submission | InputInvalid> {
    if (submission.kind !== 'QUOTE') return InputInvalid.at(['submissionId'], 'is no quote');
    if (submission.consentRevokedAt) return submission;
    await tx.execute(sql`UPDATE submission SET consent_revoked_at = ${tx.now} WHERE id = ${submission.id}`);
    await this.events.emit(tx, 'quote.consentRevoked', submission.programId, submissionEvent(submission));
    return Object.assign(new Submission(), submission, { consentRevokedAt: tx.now });
  }
}
