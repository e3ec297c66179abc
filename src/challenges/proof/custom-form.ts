import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { RE2JS } from 're2js';
import { z } from 'zod';
import { rules } from '../../platform/graphql/input.js';
import type { InputIssue } from '../../platform/graphql/problem.js';

export type Form = Readonly<Record<string, unknown>>;

const formBytesMax = 16_384;
const formPartsMax = 300;
const formDepthMax = 8;
const patternLengthMax = 200;
/** Instructions of a pattern: a text of n characters takes at most n times so many steps. */
const patternSizeMax = 1_000;
const valuesBytesMax = 32_768;
const keptFormsMax = 200;

/** What a form may say. No references, so that nothing is fetched and nothing turns in circles. */
const keywords: ReadonlySet<string> = new Set([
  ...['$schema', '$comment', 'title', 'description', 'default', 'examples', 'type', 'enum', 'const', 'format'],
  ...['properties', 'required', 'additionalProperties', 'minProperties', 'maxProperties', 'dependentRequired'],
  ...['items', 'prefixItems', 'minItems', 'maxItems', 'uniqueItems', 'minLength', 'maxLength', 'pattern'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  ...['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'readOnly', 'writeOnly', 'deprecated'],
]);
const holdsSchemas: ReadonlySet<string> = new Set(['properties', 'allOf', 'anyOf', 'oneOf', 'prefixItems']);
const isSchema: ReadonlySet<string> = new Set(['items', 'additionalProperties', 'not', 'if', 'then', 'else']);

const accepts = (rule: z.ZodType) => (text: string) => rule.safeParse(text).success;
const formats = {
  email: accepts(rules.email),
  uri: accepts(rules.url),
  date: accepts(z.iso.date()),
  time: accepts(z.iso.time()),
  'date-time': accepts(z.iso.datetime({ offset: true })),
} as const;

/** Patterns take time in proportion to the text: none that a program writes can hang the server. */
const linearPatterns = Object.assign((pattern: string) => RE2JS.compile(pattern), { code: 'linearPatterns' });

/** What is wrong with a form before anything is made of it; undefined where nothing is. */
export function formIssue(form: Form): InputIssue | undefined {
  if (Buffer.byteLength(JSON.stringify(form)) > formBytesMax) return at([], 'must not be larger than 16 KB');
  if (form.type !== 'object') return at(['type'], 'must be object');
  const issue = partIssue(form, [], { parts: 0 });
  if (issue) return issue;
  try {
    compile(form);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 300) : 'for no known reason';
    return at([], `cannot be checked: ${reason}`);
  }
}

/** What is wrong with the values that were filled in, each with its place; none where they fit. */
export function valueIssues(form: Form, values: Form): InputIssue[] {
  if (Buffer.byteLength(JSON.stringify(values)) > valuesBytesMax) return [at([], 'must not be larger than 32 KB')];
  const validate = validatorOf(form);
  if (validate(values)) return [];
  return (validate.errors ?? []).map(issueOf);
}

function partIssue(part: unknown, path: readonly string[], counted: { parts: number }): InputIssue | undefined {
  if (typeof part === 'boolean') return undefined;
  if (!isObject(part)) return at(path, 'must be a schema: an object, true or false');
  counted.parts += 1;
  if (counted.parts > formPartsMax) return at([], `must not have more than ${formPartsMax} parts`);
  // Each level takes a keyword and the name of what it holds.
  if (path.length > formDepthMax * 2) return at(path, `must not be nested deeper than ${formDepthMax} levels`);
  for (const [keyword, value] of Object.entries(part)) {
    const here = [...path, keyword];
    if (!keywords.has(keyword)) return at(here, 'is no keyword that a form may have');
    const issue = keyword === 'pattern' ? patternIssue(value, here) : heldIssue(keyword, value, here, counted);
    if (issue) return issue;
  }
  return undefined;
}

function heldIssue(
  keyword: string,
  value: unknown,
  path: readonly string[],
  counted: { parts: number },
): InputIssue | undefined {
  if (isSchema.has(keyword)) return partIssue(value, path, counted);
  if (!holdsSchemas.has(keyword)) return undefined;
  if (typeof value !== 'object' || value === null) return at(path, 'must hold schemas');
  for (const [name, part] of Object.entries(value)) {
    const issue = partIssue(part, [...path, name], counted);
    if (issue) return issue;
  }
  return undefined;
}

function patternIssue(pattern: unknown, path: readonly string[]): InputIssue | undefined {
  if (typeof pattern !== 'string' || pattern.length > patternLengthMax) {
    return at(path, `must be a pattern of at most ${patternLengthMax} characters`);
  }
  try {
    if (linearPatterns(pattern).programSize() <= patternSizeMax) return undefined;
    return at(path, 'repeats too much');
  } catch {
    return at(path, 'must be a pattern of RE2: without look-around and references back');
  }
}

const validators = new Map<string, ValidateFunction>();

/** The check of a form, made once; the oldest are forgotten. */
function validatorOf(form: Form): ValidateFunction {
  const key = JSON.stringify(form);
  const known = validators.get(key);
  if (known) return known;
  const [oldest] = validators.keys();
  if (oldest !== undefined && validators.size >= keptFormsMax) validators.delete(oldest);
  const validate = compile(form);
  validators.set(key, validate);
  return validate;
}

/** Each form gets an Ajv of its own, so that what one remembers goes with it. */
function compile(form: Form): ValidateFunction {
  const ajv = new Ajv2020({
    strictSchema: true,
    strictNumbers: true,
    validateFormats: true,
    formats,
    code: { regExp: linearPatterns },
  });
  return ajv.compile(form);
}

function issueOf({ instancePath, keyword, params, message = 'is not valid' }: ErrorObject): InputIssue {
  const path = instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (keyword === 'required') return at([...path, String(params.missingProperty)], 'must be filled in');
  if (keyword === 'additionalProperties') return at([...path, String(params.additionalProperty)], 'is not asked for');
  return at(path, message);
}

function at(path: readonly string[], message: string): InputIssue {
  return { path, message };
}

function isObject(value: unknown): value is Form {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
