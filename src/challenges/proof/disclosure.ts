import { createHash } from 'node:crypto';
import sql, { join } from 'sql-template-tag';
import { Field, ObjectType } from 'type-graphql';
import { Entity, PrimaryColumn } from 'typeorm';
import { IdColumn, Stored } from '../../platform/database/columns.js';
import type { Transaction } from '../../platform/database/database.js';
import { isUniqueViolation, RaceLost } from '../../platform/database/errors.js';
import type { BaseContext } from '../../platform/graphql/context.js';
import { inOrder, Loader } from '../../platform/graphql/loader.js';
import { type Locale, locales, message } from '../../platform/graphql/messages.js';
import type { ChallengeTerms } from '../challenge.terms.entity.js';

/*
 * What reviewers are told about the reward. The FTC's rule on reviews (16 CFR 465) and the EU's Omnibus directive
 * (2019/2161) ask that a rewarded review is known to be one, and that the reward asks for no particular opinion. What was
 * shown is kept with each review, as it was then.
 */

@ObjectType({ description: 'What an ambassador is told about the reward before writing a review.' })
@Entity('disclosure')
export class Disclosure {
  @IdColumn('program_id')
  readonly programId: string;

  @Field({ description: 'Names this very text: another text has another version.' })
  @PrimaryColumn('varchar', { length: '64', name: 'version' })
  readonly version: string;

  @Field({ description: 'The text, to be shown before the review is written.' })
  @Stored('text', 'disclosure_text')
  readonly text: string;

  @Stored('time', 'first_shown_at')
  readonly firstShownAt: Date;
}

type Shown = Pick<Disclosure, 'version' | 'text'>;

/** What a review challenge shows now to who reads that language. */
export function disclosureOf({ disclosureText }: Pick<ChallengeTerms, 'disclosureText'>, locale: Locale): Shown {
  const text = disclosureText ?? message(locale, 'review.disclosure');
  return { version: createHash('sha256').update(text).digest('hex').slice(0, 16), text };
}

/** The text of a version that the challenge shows now, in whatever language; that of the caller's if none is named. */
export function shownAs(terms: ChallengeTerms, version: string | null | undefined, locale: Locale): Shown | undefined {
  if (!version) return disclosureOf(terms, locale);
  return locales.map((each) => disclosureOf(terms, each)).find((shown) => shown.version === version);
}

/** Keeps a text that was shown, once. */
export async function keepDisclosure(tx: Transaction, programId: string, shown: Shown): Promise<void> {
  const { version } = shown;
  if (await tx.first(Disclosure, sql`WHERE program_id = ${programId} AND version = ${version}`)) return;
  try {
    await tx.insert(Disclosure, { programId, ...shown, firstShownAt: tx.now });
  } catch (error) {
    if (isUniqueViolation(error)) throw new RaceLost('The disclosure was kept at the same moment');
    throw error;
  }
}

type DisclosureKey = Pick<Disclosure, 'programId' | 'version'>;
const keyText = ({ programId, version }: DisclosureKey): string => `${programId} ${version}`;

/** The text of a version that a program has shown. */
export const disclosureShown = new Loader(async (context: BaseContext, keys: readonly DisclosureKey[]) => {
  const pairs = keys.map((key) => sql`(program_id = ${key.programId} AND version = ${key.version})`);
  const rows = await context.database.read((db) => db.select(Disclosure, sql`WHERE ${join(pairs, ' OR ')}`));
  return inOrder(keys.map(keyText), rows, keyText);
}, keyText);
