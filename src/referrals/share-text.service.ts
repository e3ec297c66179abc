import sql, { join } from 'sql-template-tag';
import { ambassadorById } from '../ambassadors/ambassador.loaders.js';
import { nameShown } from '../ambassadors/profile.js';
import type { RequestContext } from '../identity/session.js';
import type { Database, Transaction } from '../platform/database/database.js';
import type { BaseContext } from '../platform/graphql/context.js';
import { grouped, inOrder, Loader } from '../platform/graphql/loader.js';
import { InputInvalid } from '../platform/graphql/problem.js';
import { Program } from '../programs/program.entity.js';
import { ReferralTerms } from './referral.entity.js';
import type { ReferralLink } from './referral.results.js';
import { markedUrl } from './referral.sources.js';
import type { ReferralTermsService } from './referral.terms.js';
import type { ReferralShareTextSetInput } from './share-text.inputs.js';
import {
  builtIn,
  filledIn,
  type Placeholder,
  ReferralShare,
  ReferralShareText,
  type ShareChannel,
  shareChannels,
  shareUrlOf,
} from './share-text.js';

/** Each channel in each of so many languages: a list that a page shows whole. */
const languagesMax = 20;

const textsOf = new Loader(async (context: BaseContext, programIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(ReferralShareText, sql`WHERE program_id IN (${join([...programIds])}) ORDER BY language, channel`),
  );
  return grouped(programIds, rows, (row) => row.programId);
});

/** What a program calls itself, and what it promises to friends. */
const promiseOf = new Loader(async (context: BaseContext, programIds: readonly string[]) => {
  const [programs, terms] = await context.database.read(async (db) => [
    await db.select(Program, sql`WHERE id IN (${join([...programIds])})`),
    await db.select(ReferralTerms, sql`WHERE program_id IN (${join([...programIds])})`),
  ]);
  const names = inOrder(programIds, programs, (row) => row.id);
  const rewards = inOrder(programIds, terms, (row) => row.programId);
  return names.map((row, index) => ({ program: row?.name ?? '', reward: rewards[index]?.friendReward ?? null }));
});

/** What ambassadors share: the program's own texts, and the built-in ones where it has none. */
export class ShareTexts {
  constructor(
    private readonly database: Database,
    private readonly terms: ReferralTermsService,
  ) {}

  /** Every channel, ready to be sent, in the language that is asked for, else the ambassador's, else the caller's. */
  async sharesOf(context: RequestContext, link: ReferralLink, asked: string | null): Promise<ReferralShare[]> {
    const ambassador = await ambassadorById.load(context, link.ambassadorId);
    if (!ambassador) throw new Error('A link is of nobody');
    const own = await textsOf.load(context, ambassador.programId);
    const promise = await promiseOf.load(context, ambassador.programId);
    const wanted = [asked, ambassador.language, context.locale].filter((language) => language !== null);
    const values = { ...promise, code: link.code, name: nameShown(context, ambassador) };
    return shareChannels.map((channel) => share(textFor(own, channel, wanted), link, values));
  }

  /** The texts of the program, and the built-in ones that it has not replaced. */
  async list(context: RequestContext): Promise<ReferralShareText[]> {
    context.session.require('referral.list');
    const programId = context.session.program.id;
    const own = await textsOf.load(context, programId);
    const given = builtInTexts(programId).filter(
      ({ channel, language }) => !own.some((text) => text.channel === channel && text.language === language),
    );
    return [...own, ...given];
  }

  /** Replaces a text, or goes back to the built-in one. Answers with what is shared from now on. */
  async set(context: RequestContext, input: ReferralShareTextSetInput): Promise<ReferralShareText | InputInvalid> {
    context.session.require('program.update');
    const programId = context.session.program.id;
    const { channel, language, subject = null, body } = input;
    const result = await this.database.transact(async (tx) => {
      // Two changes of one text come one after the other.
      await this.terms.hold(tx, programId);
      if (typeof body === 'string' && !(await this.hasRoom(tx, programId, language))) {
        return InputInvalid.at(['language'], `would be more than ${languagesMax} languages`);
      }
      await tx.execute(sql`
        DELETE FROM referral_share_text
        WHERE program_id = ${programId} AND channel = ${channel} AND language = ${language}`);
      if (typeof body === 'string') await tx.insert(ReferralShareText, { programId, channel, language, subject, body });
      return undefined;
    });
    if (result) return result;
    textsOf.clear(context);
    return textFor(await textsOf.load(context, programId), channel, [language]);
  }

  private async hasRoom(tx: Transaction, programId: string, language: string): Promise<boolean> {
    const rows = await tx.query<{ language: string }>(sql`
      SELECT DISTINCT language FROM referral_share_text WHERE program_id = ${programId}`);
    return rows.length < languagesMax || rows.some((row) => row.language === language);
  }
}

function builtInTexts(programId: string): ReferralShareText[] {
  return Object.entries(builtIn).flatMap(([language, texts]) =>
    shareChannels.map((channel) =>
      Object.assign(new ReferralShareText(), { programId, channel, language, ...texts[channel] }),
    ),
  );
}

/**
 * The first text there is: in the wanted languages, each first as it is and then without its region, the program's own
 * before the built-in one; at last in English.
 */
function textFor(
  own: readonly ReferralShareText[],
  channel: ShareChannel,
  wanted: readonly string[],
): ReferralShareText {
  const texts = [...own, ...builtInTexts('')].filter((text) => text.channel === channel);
  const languages = [...wanted, 'en'].flatMap((language) => [language, language.split('-')[0] ?? language]);
  for (const language of languages) {
    const found = texts.find((text) => text.language === language);
    if (found) return found;
  }
  throw new Error('A channel has no text in English');
}

function share(
  { channel, language, subject, body }: ReferralShareText,
  link: ReferralLink,
  known: Readonly<Record<Exclude<Placeholder, 'link'>, string | null>>,
): ReferralShare {
  const url = markedUrl(link.url, channel);
  const values = { ...known, link: url };
  const filledSubject = subject === null ? null : filledIn(subject, values);
  const text = filledIn(body, values);
  return Object.assign(new ReferralShare(), {
    channel,
    language,
    subject: filledSubject,
    text,
    url,
    shareUrl: shareUrlOf(channel, url, text, filledSubject),
  });
}
