import type { z } from 'zod';
import { contactRules } from '../../contacts/contact.inputs.js';
import type { CsvRecord } from '../../platform/csv/csv-records.js';
import type { Rejection } from '../../platform/csv/rejected-file.js';
import { rules } from '../../platform/graphql/input.js';
import type { ResponseDates } from './response-date.js';
import type { ResponseFile } from './response-file.js';

/** What one good row says. */
export interface Answer {
  readonly row: CsvRecord;
  readonly contact: z.output<typeof contactRules>;
  /** 0 to 10, as it was given; the schemes decide what it counts as. */
  readonly score: number;
  readonly comment: string | null;
  readonly respondedAt: Date;
  /** What the answer is called where it comes from, if the file says so. */
  readonly sourceId: string | null;
}

const attributeCharactersMax = 255;
const comment = rules.text();
const sourceId = rules.line();

/** Reads rows as answers, by the rules that hold for answers and contacts everywhere. */
export class AnswerReader {
  constructor(
    private readonly file: Pick<ResponseFile, 'header' | 'places' | 'options'>,
    private readonly dates: ResponseDates,
  ) {}

  read(row: CsvRecord): Answer | Rejection {
    const { places, header, options } = this.file;
    const reject = (reason: string): Rejection => ({ row, reason });
    if (row.fault !== undefined) return reject(row.fault);
    const width = row.fields.length;
    const isTooWide = width > header.length && row.fields.slice(header.length).some((field) => field.trim() !== '');
    if (width < header.length || isTooWide) return reject(`has ${width} fields, the header has ${header.length}`);
    const at = (place: number | undefined) => (place === undefined ? '' : (row.fields[place]?.trim() ?? ''));

    const score = scoreOf(at(places.score));
    if (typeof score === 'string') return reject(`${options.columns.score}: ${score}`);
    const respondedAt = this.dates.read(at(places.date));
    if (typeof respondedAt === 'string') return reject(`${options.columns.date}: ${respondedAt}`);
    const contact = this.contactOf(at);
    if (typeof contact === 'string') return reject(contact);
    const words = comment.safeParse(at(places.comment));
    if (!words.success) return reject(`${options.columns.comment}: ${firstMessage(words.error)}`);
    const name = places.responseId === undefined ? undefined : sourceId.safeParse(at(places.responseId));
    if (name && !name.success) return reject(`${options.columns.responseId}: ${firstMessage(name.error)}`);
    return { row, contact, score, respondedAt, comment: words.data || null, sourceId: name?.data ?? null };
  }

  /** Who answered; what the row leaves empty is left as it is. */
  private contactOf(at: (place: number | undefined) => string): Answer['contact'] | string {
    const { places, options } = this.file;
    const columns = { externalId: options.columns.id, email: options.columns.email, displayName: options.columns.name };
    const attributes: Record<string, string> = {};
    for (const { name, place } of places.attributes) {
      const value = onOneLine(at(place));
      if (value.length > attributeCharactersMax)
        return `${name}: must not be longer than ${attributeCharactersMax} characters`;
      if (value !== '') attributes[name] = value;
    }
    const externalId = at(places.id) || null;
    const email = at(places.email) || null;
    if (!externalId && !email) {
      const asked = [columns.externalId, columns.email].filter((name) => name !== undefined);
      return `${asked.join(' or ')}: is missing, so nobody knows whose answer it is`;
    }
    const parsed = contactRules.safeParse({
      externalId,
      email,
      displayName: onOneLine(at(places.name)) || null,
      attributes,
    });
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    const field = String(issue?.path[0]);
    const column = field in columns ? columns[field as keyof typeof columns] : issue?.path.join('.');
    return `${column}: ${issue?.message}`;
  }
}

/** Spreadsheets break lines inside a cell; a name or an attribute is one line. */
function onOneLine(text: string): string {
  return /\s/.test(text) ? text.replace(/\s+/g, ' ') : text;
}

function scoreOf(text: string): number | string {
  if (text === '') return 'is missing';
  if (!/^[+-]?\d{1,9}$/.test(text)) return 'is not a whole number';
  const score = Number(text);
  return score >= 0 && score <= 10 ? score : 'is not from 0 to 10';
}

function firstMessage(error: z.ZodError): string {
  return error.issues[0]?.message ?? 'is not valid';
}
