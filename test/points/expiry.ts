import type { Answer } from '../support/client.js';
import type { TestAmbassador, TestProgram, World } from '../support/world.js';

export const dayMilliseconds = 86_400_000;

/** Lays down when points of a program expire. */
export function setTerms(program: TestProgram, input: object): Promise<Answer> {
  return program.admin.mutate(
    'pointsExpirySet',
    input,
    'PointsExpiryPlanned { terms { unitKey kind length lengthUnit earlierPoints noticeDays inForceFrom } }',
  );
}

/** Does all that is due of the daily walks. */
export function expireDue(world: World): Promise<void> {
  return world.server.features.jobWorker.drain();
}

/** What an ambassador has, and when it expires, over the next years. */
export async function pointsOf({ client }: TestAmbassador): Promise<Answer> {
  const { me } = await client.ask(`{ me { points { available lifetime debt }
    expiringPoints(until: "2040-01-01T00:00:00Z") { points expiresAt } } }`);
  return { ...me.points, expiring: me.expiringPoints };
}
