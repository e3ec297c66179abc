import { Field, ID, InterfaceType } from 'type-graphql';
import { fromGlobalId, toGlobalId } from '../ids.js';

@InterfaceType({
  description: 'Anything that can be fetched again by its id.',
  resolveType: (node: object) => node.constructor.name,
})
export abstract class Node {
  /** The row's own id; callers see it only within the global one. */
  readonly id: string;

  @Field(() => ID, { name: 'id', description: 'An opaque id, unique among everything in Applaus.' })
  globalId(): string {
    return toGlobalId(this.constructor.name, this.id);
  }
}

/** The row id within a caller's id of that type; undefined when it is of something else, or no id at all. */
export function rowId(type: { readonly name: string }, globalId: string): string | undefined {
  const parsed = fromGlobalId(globalId);
  return parsed?.type === type.name ? parsed.id : undefined;
}

/** Fetches one object by its row id as far as the caller may see it. Registered by each feature for its types. */
export type NodeFetcher<Context> = (context: Context, id: string) => Promise<object | null | undefined>;

/** Which types can be fetched by id, and how. Filled by the composition root. */
export class NodeRegistry<Context> {
  private readonly fetchers = new Map<string, NodeFetcher<Context>>();

  register(type: { readonly name: string }, fetch: NodeFetcher<Context>): void {
    this.fetchers.set(type.name, fetch);
  }

  async fetch(context: Context, globalId: string): Promise<object | null> {
    const parsed = fromGlobalId(globalId);
    const fetch = parsed && this.fetchers.get(parsed.type);
    return (parsed && (await fetch?.(context, parsed.id))) ?? null;
  }
}
