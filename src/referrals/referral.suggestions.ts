import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import sql, { join } from 'sql-template-tag';
import type { Session } from '../identity/session.js';
import type { Reader } from '../platform/database/database.js';
import { ReferralCodeSuggestion } from './referral.results.js';
import { codesNear, foldCode, isCode, spoken } from './spoken-code.js';

const suggestionsMax = 3;
/** What a form needs in which people correct themselves; whoever wants to collect codes gets no further. */
const questionsPerMinuteMax = 20;

/**
 * "Did you mean": codes one slip away from what was typed. Only for what the check sign shows to be a slip, only codes of
 * the caller's program, and nobody's name: of 4.6 thousand million codes a guess finds none worth the wait.
 */
export class CodeSuggestions {
  private readonly limit = new RateLimiterMemory({ points: questionsPerMinuteMax, duration: 60 });

  async near(db: Reader, session: Session, typed: string): Promise<readonly ReferralCodeSuggestion[]> {
    const folded = foldCode(typed);
    const candidates = isCode(folded) ? [] : codesNear(folded);
    if (candidates.length === 0 || !(await this.mayAsk(session))) return [];
    const rows = await db.query<{ code: string; display_name: string | null }>(sql`
      SELECT referral_code.code, CASE WHEN ambassador.private_since IS NULL THEN ambassador.display_name END AS display_name
      FROM referral_code
      JOIN ambassador ON ambassador.id = referral_code.ambassador_id
      WHERE referral_code.program_id = ${session.program.id} AND referral_code.code IN (${join([...candidates])})
      ORDER BY referral_code.code LIMIT ${suggestionsMax}`);
    return rows.map((row) =>
      Object.assign(new ReferralCodeSuggestion(), {
        code: spoken(row.code),
        initials: initialsOf(row.display_name ?? ''),
      }),
    );
  }

  /** Visitors of one program share one allowance: nothing else is known of them. */
  private async mayAsk(session: Session): Promise<boolean> {
    try {
      await this.limit.consume(`${session.program.id} ${session.caller}`);
      return true;
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return false;
      throw refusal;
    }
  }
}

/** A.K. for Anna Kok: the first and the last word. */
function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  return chosen.map((word) => `${[...(word ?? '')][0]?.toUpperCase() ?? ''}.`).join('');
}
