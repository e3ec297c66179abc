import { ViewerResolver } from '../../ambassadors/viewer.resolver.js';
import { Program } from '../../programs/program.entity.js';
import { ProgramResolver } from '../../programs/program.resolver.js';
import { ProgramService } from '../../programs/program.service.js';
import type { Kit } from './kit.js';

/** The brands. */
export function composePrograms({ database, events, nodes }: Kit) {
  const programs = new ProgramService(database, events);
  nodes.register(Program, async (context, id) =>
    id === context.session.program.id ? programs.current(context) : null,
  );
  return {
    services: { programs },
    resolvers: [new ProgramResolver(programs), new ViewerResolver(programs)],
    jobs: [],
  };
}
