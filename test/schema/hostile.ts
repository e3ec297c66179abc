import fc from 'fast-check';
import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';

const longText = 'x'.repeat(12_000);

/** Texts that have broken something somewhere. */
const hostileTexts = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'a\udc00b',
  '\u0001\u0007\u001b[31m',
  'two\r\nlines: Bcc: x@example.com',
  '\u202egnirts',
  '\ufeff',
  "'; DROP TABLE contact; --",
  '" OR 1=1 #',
  '\\',
  '%_!\\%',
  '{{availablePoints}}',
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  'NaN',
  '👩‍👩‍👧‍👦🏳️‍🌈',
  '😀'.repeat(100),
  '😀'.repeat(2_600),
  'e\u0301'.repeat(120),
  'ﷺ'.repeat(80),
  `a${'𝅘𝅥𝅮'.repeat(26)}`,
  'é'.repeat(255),
  'x'.repeat(256),
  longText,
  'x'.repeat(70_000),
] as const;
const hostileTimes = [
  '',
  'now',
  '2026-02-30T00:00:00Z',
  '2026-03-01',
  '2026-03-01T09:30:00+14:00',
  '0000-01-01T00:00:00Z',
  '0999-12-31T23:59:59Z',
  '-271821-04-20T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '10000-01-01T00:00:00Z',
  '1969-12-31T23:59:59.999Z',
];
const hostileAddresses = [
  '',
  'a@b',
  'anna@example.com',
  'ANNA@EXAMPLE.COM',
  '"a b"@example.com',
  'a@[127.0.0.1]',
  'é@exämple.com',
  `${'a'.repeat(250)}@example.com`,
];
const hostileUrls = [
  '',
  'https://example.com/review',
  'javascript:alert(1)',
  '//example.com',
  'https://exa mple.com',
  'http://127.0.0.1/',
  `https://example.com/${'x'.repeat(3_000)}`,
  'https://example.com/\u0000',
];
const hostileNumbers = [0, -0, 1, -1, 2, 7, 10, 11, 100, 101, 250, 2_000_000_000, 2_147_483_647, -2_147_483_648];

/** Half of all values are sound, so that the odd ones get past the first check. */
const text = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom('Anna', 'A fine text', 'anna', 'nps', 'all-time', 'Europe/Amsterdam', 'market'),
  },
  { weight: 3, arbitrary: fc.constantFrom(...hostileTexts) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 2, arbitrary: fc.string({ minLength: 1, maxLength: 20 }) },
);
const number = fc.oneof(
  fc.constantFrom(...hostileNumbers),
  fc.integer(),
  fc.integer({ min: -20, max: 200 }),
  fc.integer({ min: 1, max: 10 }),
);

/** Free JSON, now and then nested deeper than anybody needs. */
const json = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.dictionary(text, fc.oneof(text, number, fc.boolean(), fc.constant(null)), { maxKeys: 4 }),
  },
  { weight: 2, arbitrary: fc.object({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.constant({ market: 'NL', size: 40 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(19, 60).map((depth) => ({ deep: JSON.parse('['.repeat(depth) + ']'.repeat(depth)) })),
  },
);

function scalar(name: string, ids: readonly string[]): fc.Arbitrary<unknown> {
  switch (name) {
    case 'Int':
      return number;
    case 'Float':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'Boolean':
      return fc.boolean();
    case 'ID':
      return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...ids) }, { weight: 1, arbitrary: text });
    case 'DateTime':
      return fc.oneof(fc.constantFrom(...hostileTimes), text, fc.constant('2026-03-01T09:30:00Z'));
    case 'EmailAddress':
      return fc.oneof(fc.constantFrom(...hostileAddresses), text, fc.constant('zoe@example.com'));
    case 'URL':
      return fc.oneof(fc.constantFrom(...hostileUrls), text, fc.constant('https://example.com/'));
    case 'JSONObject':
      return json;
    case 'String':
      return text;
    default:
      throw new Error(`Nobody thought of hostile values of ${name}`);
  }
}

/** Values that fit a type as GraphQL checks it, and are as odd as that allows. `ids` are of things that exist. */
export function hostileValue(type: GraphQLInputType, ids: readonly string[], depth = 0): fc.Arbitrary<unknown> {
  const inner = getNullableType(type);
  if (!isNonNullType(type)) {
    if (depth > 4) return fc.constant(null);
    return fc.oneof(
      { weight: 3, arbitrary: hostileInner(inner, ids, depth) },
      { weight: 1, arbitrary: fc.constantFrom(null, undefined) },
    );
  }
  return hostileInner(inner, ids, depth);
}

function hostileInner(type: GraphQLInputType, ids: readonly string[], depth: number): fc.Arbitrary<unknown> {
  if (isListType(type)) {
    if (depth > 4) return fc.constant([]);
    return fc.array(hostileValue(type.ofType, ids, depth + 1), { maxLength: 3 });
  }
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map(({ name }) => name));
  if (!isInputObjectType(type)) return scalar(String(type), ids);
  const fields = Object.values(type.getFields());
  if (!type.isOneOf) return hostileFields(fields, ids, depth + 1);
  return fc.oneof(
    ...fields
      .filter((field) => depth < 3 || !leadsDeeper(type, field))
      .map((field) =>
        hostileInner(getNullableType(field.type), ids, depth + 1).map((value) => ({ [field.name]: value })),
      ),
  );
}

/** Whether a field of a tree of conditions holds more of the tree. */
function leadsDeeper(type: GraphQLInputType, field: GraphQLInputField): boolean {
  return isListType(getNullableType(field.type)) || getNamedType(field.type) === type;
}

/** An object with a value for each field or argument; what is left out stays out. */
export function hostileFields(
  fields: readonly (GraphQLArgument | GraphQLInputField)[],
  ids: readonly string[],
  depth = 0,
): fc.Arbitrary<Record<string, unknown>> {
  return fc.record(
    Object.fromEntries(
      fields.map((field) => {
        const value = hostileValue(field.type, ids, depth);
        return [field.name, field.defaultValue === undefined ? value : fc.oneof(value, fc.constant(undefined))];
      }),
    ),
  );
}
