import sql from 'sql-template-tag';
import { parse, stringify, validate } from 'uuid';
import type { Reader, Transaction } from '../../platform/database/database.js';
import type { Sealer } from '../../platform/sealed.js';
import { type SurveyChannel, SurveyLink } from './survey-link.entity.js';

const purpose = 'survey-link';

/** A link that is wanted. */
export interface LinkWish {
  readonly programId: string;
  readonly surveyId: string;
  /** Who is asked, where it is known. */
  readonly contactId: string | null;
  readonly channel: SurveyChannel;
  /** As in nl; null for that of the browser. */
  readonly language: string | null;
  readonly expiresAt: Date;
  /** What whoever invites calls the invitation. */
  readonly invitationId?: string;
}

/** A link to hand out. The token is the secret: it is made of the id whenever it is needed, and kept nowhere. */
export interface IssuedLink {
  readonly id: string;
  readonly token: string;
  readonly url: string;
}

/** Links that surveys are answered by: signed, for a time, and each once. */
export class SurveyLinks {
  constructor(
    private readonly sealer: Sealer,
    private readonly publicUrl: string,
  ) {}

  /** Whether links can be made: there is a key to sign with. Without one callers refuse with SecretKeyMissing. */
  get isReady(): boolean {
    return this.sealer.isReady;
  }

  /** Makes a link. Whether that contact may be asked by that survey is for the caller to know. */
  async issue(tx: Transaction, wish: LinkWish): Promise<IssuedLink> {
    const id = tx.newId();
    await tx.insert(SurveyLink, {
      id,
      ...wish,
      invitationId: wish.invitationId ?? null,
      isUsed: false,
      usedAt: null,
      responseId: null,
      createdAt: tx.now,
    });
    return this.issued(id);
  }

  /** The same link again, for a reminder. */
  issued(id: string): IssuedLink {
    const token = this.sealer.sign(parse(id), purpose);
    return { id, token, url: `${this.publicUrl}/s/${token}` };
  }

  /** The link that a token stands for, used and expired ones included; undefined for what we did not sign. */
  async find(db: Reader, token: string): Promise<SurveyLink | undefined> {
    const id = idOf(this.sealer.signed(token, purpose));
    return id === undefined ? undefined : db.first(SurveyLink, sql`WHERE id = ${id}`);
  }

  /**
   * Uses a link up for an answer. Of many at once one does; the others, and who comes after the end, find false.
   * @param responseId null where nothing may lead from the link to the answer: then not even the time is kept
   */
  async use(tx: Transaction, { id }: SurveyLink, responseId: string | null): Promise<boolean> {
    const changed = await tx.execute(sql`
      UPDATE survey_link SET is_used = ${true}, used_at = ${responseId === null ? null : tx.now},
        response_id = ${responseId}
      WHERE id = ${id} AND is_used = ${false} AND expires_at > ${tx.now}`);
    return changed === 1;
  }
}

function idOf(bytes: Buffer | undefined): string | undefined {
  const text = bytes?.length === 16 ? stringify(bytes) : '';
  return validate(text) ? text : undefined;
}
