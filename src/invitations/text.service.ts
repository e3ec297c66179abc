import sql from 'sql-template-tag';
import type { RequestContext } from '../identity/session.js';
import type { Database } from '../platform/database/database.js';
import { InputInvalid } from '../platform/graphql/problem.js';
import { Program } from '../programs/program.entity.js';
import { builtInTexts, InvitationText, textFor } from './invitation-text.js';
import type { InvitationTextSetInput } from './text.inputs.js';

/** A list that a page shows whole. */
const languagesMax = 20;

/** In which words a program asks by mail. */
export class InvitationTexts {
  constructor(private readonly database: Database) {}

  /** The program's own texts, and the built-in ones that it has not replaced; by language. */
  async list(context: RequestContext): Promise<InvitationText[]> {
    context.session.require('invitation.read');
    const programId = context.session.program.id;
    const own = await this.database.read((db) => db.select(InvitationText, sql`WHERE program_id = ${programId}`));
    const given = builtInTexts(programId).filter(({ language }) => own.every((text) => text.language !== language));
    return [...own, ...given].sort((a, b) => (a.language < b.language ? -1 : 1));
  }

  /** Replaces the words in a language, or goes back to the built-in ones. Mails that are due follow at once. */
  async set(
    context: RequestContext,
    { language, words }: InvitationTextSetInput,
  ): Promise<InvitationText | InputInvalid> {
    context.session.require('program.update');
    const programId = context.session.program.id;
    return this.database.transact(async (tx) => {
      // Two changes of one text come one after the other.
      await tx.first(Program, sql`WHERE id = ${programId} ${tx.forUpdate}`);
      await tx.execute(sql`DELETE FROM invitation_text WHERE program_id = ${programId} AND language = ${language}`);
      const others = await tx.select(InvitationText, sql`WHERE program_id = ${programId}`);
      if (!words) return textFor([...others, ...builtInTexts(programId)], [language]);
      if (others.length >= languagesMax) {
        return InputInvalid.at(['language'], `would be more than ${languagesMax} languages`);
      }
      const text = Object.assign(new InvitationText(), { programId, language, ...words });
      await tx.insert(InvitationText, text);
      return text;
    });
  }
}
