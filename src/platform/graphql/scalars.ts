import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLJSONObject } from 'graphql-scalars';
import { DateTime as LuxonDateTime } from 'luxon';

/*
 * These scalars take any text: whether it is a date, an address or a URL is said by the zod schema of the input, so that
 * the caller gets a problem that names the path instead of a transport error.
 */
function textScalar(
  name: string,
  description: string,
  specifiedByURL: string,
  parse: (text: string) => unknown,
): GraphQLScalarType {
  const fromValue = (value: unknown): unknown => {
    if (typeof value !== 'string') throw new GraphQLError(`${name} takes a string`);
    return parse(value);
  };
  return new GraphQLScalarType({
    name,
    description,
    specifiedByURL,
    serialize: (value) => (value instanceof Date ? value.toISOString() : String(value)),
    parseValue: fromValue,
    parseLiteral: (node) => fromValue(node.kind === Kind.STRING ? node.value : undefined),
  });
}

export const DateTime = textScalar(
  'DateTime',
  'A moment in ISO 8601, given back in UTC with milliseconds: 2026-03-01T09:30:00.000Z. Input may carry another offset; without one it is UTC.',
  'https://www.rfc-editor.org/rfc/rfc3339',
  (text) => LuxonDateTime.fromISO(text, { zone: 'utc' }).toJSDate(),
);

export const EmailAddress = textScalar(
  'EmailAddress',
  'An e-mail address: anna@example.com. Compared without regard to case.',
  'https://www.rfc-editor.org/rfc/rfc5322#section-3.4.1',
  (text) => text,
);

export const Url = textScalar(
  'URL',
  'An absolute web address: https://example.com/review/1.',
  'https://url.spec.whatwg.org/',
  (text) => text,
);

export const JsonObject = GraphQLJSONObject;
