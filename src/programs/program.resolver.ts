import { Arg, Ctx, createUnionType, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../identity/session.js';
import { InputInvalid } from '../platform/graphql/problem.js';
import { Program } from './program.entity.js';
import { ProgramUpdateInput } from './program.inputs.js';
import { ProgramService } from './program.service.js';

@ObjectType({ description: 'The program has its new settings.' })
export class ProgramUpdated {
  @Field(() => Program, { description: 'The program as it is now.' })
  readonly program: Program;

  constructor(program: Program) {
    this.program = program;
  }
}

export const ProgramUpdateResult = createUnionType({
  name: 'ProgramUpdateResult',
  description: 'What programUpdate answers.',
  types: () => [ProgramUpdated, InputInvalid] as const,
});

@Resolver()
export class ProgramResolver {
  constructor(private readonly programs: ProgramService) {}

  @Query(() => Program, { description: "The caller's program." })
  program(@Ctx() context: RequestContext): Promise<Program> {
    return this.programs.current(context);
  }

  @Mutation(() => ProgramUpdateResult, { description: 'Changes settings of the program. For admins.' })
  async programUpdate(
    @Ctx() context: RequestContext,
    @Arg('input', () => ProgramUpdateInput) input: ProgramUpdateInput,
  ): Promise<typeof ProgramUpdateResult> {
    return new ProgramUpdated(await this.programs.update(context, input));
  }
}
