import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../identity/session.js';
import { argumentRefused } from '../platform/graphql/input.js';
import { Node, type NodeRegistry } from '../platform/graphql/node.js';

const idsMax = 100;

@Resolver()
export class NodeResolver {
  constructor(private readonly registry: NodeRegistry<RequestContext>) {}

  @Query(() => Node, {
    nullable: true,
    description: 'An object by its id; null if there is none that the caller may see.',
  })
  node(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
  ): Promise<object | null> {
    context.session.require('node.read');
    return this.registry.fetch(context, id);
  }

  @Query(() => [Node], {
    nullable: 'items',
    description: 'Objects by their ids, in the order of the ids, at most 100; null where there is none to see.',
  })
  async nodes(
    @Ctx() context: RequestContext,
    @Arg('ids', () => [ID], { description: 'Their ids.' }) ids: string[],
  ): Promise<(object | null)[]> {
    context.session.require('node.read');
    if (ids.length > idsMax) throw argumentRefused(['ids'], `must not be more than ${idsMax}`);
    return Promise.all(ids.map((id) => this.registry.fetch(context, id)));
  }
}
