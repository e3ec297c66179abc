import { DateTime } from 'luxon';
import { z } from 'zod';
import { contactRules } from '../../contacts/contact.inputs.js';
import { attributeText } from '../../contacts/contact.service.js';
import { parseInput, rules } from '../../platform/graphql/input.js';
import { InputInvalid } from '../../platform/graphql/problem.js';

/** An answer as a mapping makes it of a message. */
export interface MappedAnswer {
  readonly contact: z.output<typeof contactRules>;
  readonly score: number;
  readonly comment: string | null;
  /** When it was given; null where the message does not say. */
  readonly answeredAt: Date | null;
  /** What the answer is called where it comes from; null where it has no name there. */
  readonly responseId: string | null;
  /** What else was answered: plain values by the question's name. */
  readonly extra: Readonly<Record<string, string | number | boolean>>;
}

/** A list of changes holds up to a hundred. */
const answersMax = 100;
const extraMax = 50;
const extraNameCharactersMax = 200;
const extraValueCharactersMax = 1_000;
const extraCharactersMax = 20_000;

const time = z
  .string()
  .transform((text) => DateTime.fromISO(text, { zone: 'utc' }).toJSDate())
  .pipe(rules.time.min(new Date('1970-01-01T00:00:00Z'), 'must not be before 1970'));

/** Numbers are names, too. */
const name = (max: number) =>
  z.preprocess((value) => (typeof value === 'number' ? String(value) : value), rules.line(max).nullish());

/** Tools say nothing in several ways. */
const said = z.preprocess((value) => value || null, z.string('must be text').nullable());

const answer = z.object({
  externalId: name(200),
  email: said,
  displayName: said,
  attributes: z.preprocess(plainAttributes, z.record(z.string(), z.unknown())),
  score: z.number('is missing, or no number').int('must be a whole number'),
  comment: rules.text().nullish(),
  answeredAt: time.nullish(),
  responseId: name(150),
  answers: z.unknown().optional(),
});

/** The answers that a mapping made, each as it is or why it cannot be one; or what is wrong with all of it. */
export function readAnswers(mapped: unknown): readonly (MappedAnswer | InputInvalid)[] | InputInvalid {
  if (mapped === undefined || mapped === null) return [];
  const list: readonly unknown[] = Array.isArray(mapped) ? mapped : [mapped];
  if (list.length > answersMax) return InputInvalid.at([], `A message has at most ${answersMax} answers`);
  return list.map(readAnswer);
}

function readAnswer(mapped: unknown): MappedAnswer | InputInvalid {
  const parsed = parseInput(answer, mapped);
  if (parsed instanceof InputInvalid) return parsed;
  const { externalId, email, displayName, attributes, score, comment, answeredAt, responseId, answers } = parsed;
  const contact = parseInput(contactRules, { externalId, email, displayName, attributes });
  if (contact instanceof InputInvalid) return contact;
  return {
    contact,
    score,
    comment: comment || null,
    answeredAt: answeredAt ?? null,
    responseId: responseId ?? null,
    extra: plainExtra(answers),
  };
}

/** What is wrong, in one line that says nothing of what the message said. */
export function reasonOf({ issues }: InputInvalid): string {
  return issues
    .slice(0, 5)
    .map(({ path, message }) => [path[0], message].filter(Boolean).join(' '))
    .join('; ');
}

/** Attributes of people are plain; whatever is too long or too much for them stays out. */
function plainAttributes(value: unknown): Record<string, string | number | boolean> {
  return bounded(value, { namesMax: extraMax, nameMax: 64, valueMax: 255, allMax: 9_000 });
}

/** As many other answers as are reasonable to keep, in their order; what is beyond that is left out. */
function plainExtra(value: unknown): MappedAnswer['extra'] {
  return bounded(value, {
    namesMax: extraMax,
    nameMax: extraNameCharactersMax,
    valueMax: extraValueCharactersMax,
    allMax: extraCharactersMax,
  });
}

interface Bounds {
  readonly namesMax: number;
  readonly nameMax: number;
  readonly valueMax: number;
  readonly allMax: number;
}

function bounded(value: unknown, bounds: Bounds): Record<string, string | number | boolean> {
  const kept: Record<string, string | number | boolean> = {};
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return kept;
  let characters = 0;
  let names = 0;
  for (const [rawName, said] of Object.entries(value)) {
    const plain = plainOf(said, bounds.valueMax);
    const key = onOneLine(rawName).slice(0, bounds.nameMax).trim();
    if (plain === undefined || key === '') continue;
    characters += key.length + String(plain).length;
    names += 1;
    if (names > bounds.namesMax || characters > bounds.allMax) break;
    kept[key] = plain;
  }
  return kept;
}

function plainOf(value: unknown, charactersMax: number): string | number | boolean | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  const list = Array.isArray(value) ? value.map(attributeText).filter((each) => each !== undefined) : [value];
  const text = list.every((each) => typeof each === 'string') ? list.join(', ').slice(0, charactersMax).trim() : '';
  return text === '' ? undefined : text;
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
