import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../identity/session.js';
import { Program } from '../../programs/program.entity.js';
import { ProgramWarning } from './warning.js';
import { WarningService } from './warning.service.js';

@Resolver(() => Program)
export class ProgramWarningsResolver {
  constructor(private readonly service: WarningService) {}

  @FieldResolver(() => [ProgramWarning], {
    nullable: true,
    description:
      'What the program should change, though nothing refuses it: review gating, as yet. At most 20. For staff; null for all others.',
  })
  warnings(@Root() program: Program, @Ctx() context: RequestContext): Promise<ProgramWarning[]> {
    return this.service.list(context, program);
  }
}
