import { ArgsType, type ClassType, Field, Int, ObjectType } from 'type-graphql';
import { z } from 'zod';
import { Validated } from './input.js';

const pageSize = z.number().int().min(1, 'must be from 1 to 100').max(100, 'must be from 1 to 100');
const cursor = z.string().max(500, 'is not a cursor').nullish();
/** What every list takes; for args classes that add filters. */
export const pageRules = z.object({ first: pageSize, after: cursor, last: pageSize.nullish(), before: cursor });

/** `first` and `after`, 20 a page; or `last` and `before`, from the end. */
@Validated(pageRules)
@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 20, description: 'How many, from 1 to 100.' })
  readonly first: number = 20;

  @Field(() => String, { nullable: true, description: 'The cursor after which to go on.' })
  readonly after?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many from the end, from 1 to 100; goes before `first`.' })
  readonly last?: number | null;

  @Field(() => String, { nullable: true, description: 'The cursor before which to end.' })
  readonly before?: string | null;
}

@ObjectType({ description: 'Where a page lies in its list.' })
export class PageInfo {
  @Field({ description: 'Whether there is more after this page.' })
  readonly hasNextPage: boolean;

  @Field({ description: 'Whether there is something before this page.' })
  readonly hasPreviousPage: boolean;

  @Field(() => String, { nullable: true, description: 'The cursor of the first item; null on an empty page.' })
  readonly startCursor: string | null;

  @Field(() => String, { nullable: true, description: 'The cursor of the last item; null on an empty page.' })
  readonly endCursor: string | null;
}

export interface Edge<Item> {
  readonly cursor: string;
  readonly node: Item;
}

/** One page of a list. The count costs a query, so it runs only for who selects it. */
export interface Page<Item> {
  readonly edges: readonly Edge<Item>[];
  readonly pageInfo: PageInfo;
  readonly countAll: () => Promise<number>;
}

/** The Relay connection type of a list: `class BadgeConnection extends connectionOf(Badge) {}`. */
export function connectionOf<Item extends object>(item: ClassType<Item>, edgeName = `${item.name}Edge`) {
  @ObjectType(edgeName, { description: `One ${item.name} of a list, with its place in it.` })
  class ItemEdge implements Edge<Item> {
    @Field({ description: 'Where this item stands in its list, to go on from.' })
    readonly cursor: string;

    @Field(() => item, { description: 'The item itself.' })
    readonly node: Item;
  }

  @ObjectType({ description: 'A page of a list.' })
  abstract class Connection {
    constructor(page: Page<Item>) {
      this.edges = page.edges;
      this.pageInfo = page.pageInfo;
      this.nodes = page.edges.map(({ node }) => node);
      this.countAll = page.countAll;
    }

    @Field(() => [ItemEdge], { description: 'The items with their cursors.' })
    readonly edges: readonly Edge<Item>[];

    @Field(() => [item], { description: 'The items alone.' })
    readonly nodes: readonly Item[];

    @Field(() => PageInfo, { description: 'Where this page lies in its list.' })
    readonly pageInfo: PageInfo;

    private readonly countAll: () => Promise<number>;

    @Field(() => Int, { description: 'How many there are in all, on every page together.' })
    totalCount(): Promise<number> {
      return this.countAll();
    }
  }
  return Connection;
}
