import { registerEnumType } from 'type-graphql';

/**
 * An enum of the schema from its values and what each of them means. The result maps each value to itself; pair it
 * with `type Name = keyof typeof Name`.
 */
export function graphqlEnum<const Value extends string>(
  name: string,
  description: string,
  values: Readonly<Record<Value, string>>,
): { readonly [Each in Value]: Each } {
  const entries = Object.entries<string>(values);
  const members = Object.fromEntries(entries.map(([value]) => [value, value])) as { readonly [Each in Value]: Each };
  const valuesConfig = Object.fromEntries(entries.map(([value, meaning]) => [value, { description: meaning }]));
  registerEnumType<Record<string, string>>(members, { name, description, valuesConfig });
  return members;
}
