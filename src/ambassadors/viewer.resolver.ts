import { Ctx, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { Role } from '../identity/role.js';
import type { RequestContext } from '../identity/session.js';
import { Program } from '../programs/program.entity.js';
import { ProgramService } from '../programs/program.service.js';
import { Ambassador } from './ambassador.entity.js';
import { requireAmbassador } from './ambassador.loaders.js';

@ObjectType({ description: 'Who calls, and where.' })
export class Viewer {
  @Field(() => Role, { description: 'What the caller is to the program.' })
  readonly role: Role;

  @Field(() => Program, { description: "The caller's program." })
  readonly program: Program;

  @Field(() => Ambassador, { nullable: true, description: 'The ambassador who calls; null for everybody else.' })
  readonly ambassador: Ambassador | null;
}

@Resolver()
export class ViewerResolver {
  constructor(private readonly programs: ProgramService) {}

  @Query(() => Viewer, { description: 'Who calls, and where.' })
  async viewer(@Ctx() context: RequestContext): Promise<Viewer> {
    return {
      role: context.session.role,
      program: await this.programs.current(context),
      ambassador: await this.me(context),
    };
  }

  @Query(() => Ambassador, { nullable: true, description: 'The calling ambassador; null for everybody else.' })
  async me(@Ctx() context: RequestContext): Promise<Ambassador | null> {
    const { ambassadorId } = context.session;
    return ambassadorId === null ? null : requireAmbassador(context, ambassadorId);
  }
}
