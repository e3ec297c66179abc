import { GraphQLError } from 'graphql';
import type { MiddlewareFn } from 'type-graphql';
import { z } from 'zod';
import { InputInvalid, type InputIssue } from './problem.js';

const schemas = new WeakMap<object, z.ZodType>();

/** Ties an input or args class to the zod schema that its values have to meet before a resolver sees them. */
export function Validated(schema: z.ZodType): ClassDecorator {
  return (target) => {
    schemas.set(target, schema);
  };
}

class InputRefused extends Error {
  constructor(readonly issues: readonly InputIssue[]) {
    super('The input is not valid');
  }
}

/** NUL and halves of surrogate pairs: no database gives them back as they were. */
const unkeepable = /\0|\p{Surrogate}/u;
/** Free JSON is not nested deeper; far beyond it even JSON.stringify fails. */
const depthMax = 20;

/** What no input may hold, whatever its schema: text that cannot be kept, and values nested without end. */
function findUnkeepable(value: unknown, path: readonly string[] = []): InputIssue[] {
  if (typeof value === 'string') {
    return unkeepable.test(value) ? [{ path, message: 'must be well-formed text without NUL characters' }] : [];
  }
  if (value === null || typeof value !== 'object' || value instanceof Date) return [];
  if (path.length > depthMax) return [{ path, message: `must not be nested deeper than ${depthMax} levels` }];
  return Object.entries(value).flatMap(([name, field]) =>
    unkeepable.test(name)
      ? [{ path, message: 'must have well-formed names without NUL characters' }]
      : findUnkeepable(field, [...path, name]),
  );
}

/** The same for what does not come by GraphQL: the parsed value, or all that is wrong with it. */
export function parseInput<T>(schema: z.ZodType<T>, value: unknown): T | InputInvalid {
  const unkept = findUnkeepable(value);
  if (unkept.length > 0) return new InputInvalid(unkept);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  return new InputInvalid(issuesOf(parsed.error));
}

function issuesOf(error: z.ZodError): InputIssue[] {
  return error.issues.map((issue) => ({ path: issue.path.map(String), message: issue.message }));
}

/** type-graphql's hook: validates an argument and writes the parsed values back into it. */
export function validateInput(value: unknown, type: unknown): void {
  const issues = findUnkeepable(value);
  if (issues.length > 0) throw new InputRefused(issues);
  const schema = typeof type === 'function' ? schemas.get(type) : undefined;
  if (!schema || value === null || typeof value !== 'object') return;
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    throw new InputRefused(issuesOf(parsed.error));
  }
  Object.assign(value, parsed.data);
}

/** A mutation answers a bad input with the problem of its union; elsewhere it is the caller's error, with its path. */
export const answerBadInput: MiddlewareFn<object> = async ({ info }, next) => {
  try {
    return await next();
  } catch (error) {
    if (!(error instanceof InputRefused)) throw error;
    if (info.parentType.name === 'Mutation') return new InputInvalid(error.issues);
    throw badUserInput(error.issues);
  }
};

/** What a query answers to an argument that only the database or the rest of the query shows to be wrong. */
export function argumentRefused(path: readonly string[], text: string): GraphQLError {
  return badUserInput([{ path, message: text }]);
}

function badUserInput(issues: readonly InputIssue[]): GraphQLError {
  const [first] = issues;
  const text = first ? [first.path.join('.'), first.message].filter(Boolean).join(': ') : 'The arguments are not valid';
  return new GraphQLError(text, { extensions: { code: 'BAD_USER_INPUT', issues } });
}

/** MySQL keeps no others. */
const keptYears = { error: 'must be in the years from 1000 to 9999', abort: true };

/** Building blocks of input schemas. What is optional may also be null, as GraphQL has it. */
export const rules = {
  /** One line that people read, trimmed. */
  line: (max = 200) =>
    z
      .string()
      .trim()
      .min(1, 'must not be empty')
      .max(max, `must not be longer than ${max} characters`)
      .regex(/^\P{Cc}*$/u, 'must be one line, without control characters'),
  /** A text of several lines, trimmed; may be empty. */
  text: (max = 10_000) => z.string().trim().max(max, `must not be longer than ${max} characters`),
  /** A name for programs: lower case, digits and hyphens. */
  key: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case letters, digits and single hyphens, as in all-time')
    .max(64, 'must not be longer than 64 characters'),
  email: z
    .string()
    .trim()
    .toLowerCase()
    .max(254, 'must not be longer than 254 characters')
    .pipe(z.email('must be an e-mail address')),
  url: z
    .string()
    .trim()
    .max(2_000, 'must not be longer than 2000 characters')
    .pipe(
      z.url({ protocol: /^https?$/, hostname: z.regexes.domain, error: 'must be an absolute http or https address' }),
    ),
  time: z
    .date('must be a moment in ISO 8601, as in 2026-03-01T09:30:00Z')
    .min(new Date('1000-01-01T00:00:00.000Z'), keptYears)
    .max(new Date('9999-12-31T23:59:59.999Z'), keptYears),
  globalId: z.string().min(1, 'must not be empty').max(200, 'is not an id'),
  idempotencyKey: z.string().min(1, 'must not be empty').max(200, 'must not be longer than 200 characters'),
} as const;
