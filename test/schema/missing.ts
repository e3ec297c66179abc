import {
  assertEnumType,
  assertInputObjectType,
  buildASTSchema,
  type DocumentNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
  parse,
  print,
  visit,
} from 'graphql';

/** What a schema lacks of the contract: where (`Query.nps`, `Query.nps(filter:)`), and what is wrong there. */
export type Shortfall = Readonly<Record<string, string>>;

type Fields = Readonly<Record<string, GraphQLField<unknown, unknown>>>;

/**
 * The contract as a schema. It says of connections only what all of them have, in its last line; the types that it
 * names without writing them out are added here.
 */
export function readContract(text: string): GraphQLSchema {
  const contract = parse(text);
  const added = unwrittenConnections(contract).map(
    (item) => `
      type ${item}Connection { edges: [${item}Edge!]! nodes: [${item}!]! pageInfo: PageInfo! totalCount: Int! }
      type ${item}Edge { cursor: String! node: ${item}! }`,
  );
  return buildASTSchema(parse(`${print(contract)}\n${added.join('\n')}`));
}

function unwrittenConnections(contract: DocumentNode): string[] {
  const defined = new Set(
    contract.definitions.flatMap((node) => ('name' in node && node.name ? [node.name.value] : [])),
  );
  const named = new Set<string>();
  visit(contract, {
    NamedType: ({ name }) => {
      if (name.value.endsWith('Connection') && !defined.has(name.value)) named.add(name.value);
    },
  });
  return [...named].map((name) => name.slice(0, -'Connection'.length));
}

/** Everything that the contract promises and the schema does not keep; what the schema has beyond it is its own. */
export function shortfall(schema: GraphQLSchema, contract: GraphQLSchema): Shortfall {
  const found: Record<string, string> = {};
  for (const promised of Object.values(contract.getTypeMap())) {
    if (isIntrospectionType(promised) || isSpecifiedScalarType(promised)) continue;
    const own = schema.getType(promised.name);
    if (!own) found[promised.name] = 'is missing';
    else if (own.constructor !== promised.constructor) found[promised.name] = `is a ${own.constructor.name}`;
    else Object.assign(found, ...typeShortfalls(schema, own, promised));
  }
  return found;
}

function typeShortfalls(schema: GraphQLSchema, own: GraphQLNamedType, promised: GraphQLNamedType): Shortfall[] {
  if (isEnumType(promised)) {
    const values = new Set(
      assertEnumType(own)
        .getValues()
        .map(({ name }) => name),
    );
    return lacking(
      promised.name,
      promised.getValues().map(({ name }) => name),
      values,
    );
  }
  if (isUnionType(promised)) {
    const members = isAbstractType(own) ? schema.getPossibleTypes(own).map(({ name }) => name) : [];
    return lacking(
      promised.name,
      promised.getTypes().map(({ name }) => name),
      new Set(members),
    );
  }
  if (isInputObjectType(promised)) return inputShortfalls(assertInputObjectType(own), promised);
  if ((isObjectType(promised) || isInterfaceType(promised)) && (isObjectType(own) || isInterfaceType(own))) {
    const interfaces = new Set(own.getInterfaces().map(({ name }) => name));
    return [
      ...lacking(
        promised.name,
        promised.getInterfaces().map(({ name }) => name),
        interfaces,
      ),
      ...fieldShortfalls(promised.name, own.getFields(), promised.getFields()),
    ];
  }
  return [];
}

function lacking(where: string, promised: readonly string[], own: ReadonlySet<string>): Shortfall[] {
  return promised.filter((name) => !own.has(name)).map((name) => ({ [`${where}.${name}`]: 'is missing' }));
}

function fieldShortfalls(type: string, own: Fields, promised: Fields): Shortfall[] {
  return Object.values(promised).flatMap((field) => {
    const where = `${type}.${field.name}`;
    const ours = own[field.name];
    if (!ours) return [{ [where]: 'is missing' }];
    const wrongType =
      String(ours.type) === String(field.type) ? [] : [{ [where]: `is ${ours.type}, not ${field.type}` }];
    return [...wrongType, ...givenShortfalls((name) => `${where}(${name}:)`, ours.args, field.args)];
  });
}

function inputShortfalls(own: GraphQLInputObjectType, promised: GraphQLInputObjectType): Shortfall[] {
  const fields = givenShortfalls(
    (name) => `${promised.name}.${name}`,
    Object.values(own.getFields()),
    Object.values(promised.getFields()),
  );
  return own.isOneOf === promised.isOneOf ? fields : [...fields, { [promised.name]: `isOneOf is ${own.isOneOf}` }];
}

type Given = GraphQLArgument | GraphQLInputField;

/** Arguments and input fields: what a client of the contract sends is taken, and means the same when left out. */
function givenShortfalls(
  where: (name: string) => string,
  own: readonly Given[],
  promised: readonly Given[],
): Shortfall[] {
  const ours = new Map(own.map((each) => [each.name, each]));
  const found = promised.flatMap((each) => {
    const given = ours.get(each.name);
    if (!given) return [{ [where(each.name)]: 'is missing' }];
    if (!takes(given.type, each.type)) return [{ [where(each.name)]: `is ${given.type}, not ${each.type}` }];
    const [default_, promisedDefault] = [given.defaultValue, each.defaultValue].map((value) => JSON.stringify(value));
    return default_ === promisedDefault
      ? []
      : [{ [where(each.name)]: `is ${default_} by default, not ${promisedDefault}` }];
  });
  const known = new Set(promised.map(({ name }) => name));
  const required = own.filter(
    ({ name, type, defaultValue }) => !known.has(name) && isNonNullType(type) && defaultValue === undefined,
  );
  return [
    ...found,
    ...required.map(({ name }) => ({ [where(name)]: 'is required, though the contract does not know it' })),
  ];
}

/** Whether a place of the one type takes every value that fits the other. */
function takes(own: GraphQLInputType, promised: GraphQLInputType): boolean {
  if (isNonNullType(promised)) return takes(isNonNullType(own) ? own.ofType : own, promised.ofType);
  if (isNonNullType(own)) return false;
  if (isListType(own)) return isListType(promised) && takes(own.ofType, promised.ofType);
  return String(own) === String(promised);
}
