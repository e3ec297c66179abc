import { expect } from '@jest/globals';
import type { Answer } from '../support/client.js';
import type { TestAmbassador, TestProgram } from '../support/world.js';

/** Makes a badge and answers it. */
export async function createBadge(program: TestProgram, code: string, rule: object): Promise<Answer> {
  const result = await program.admin.mutate(
    'badgeCreate',
    { code, name: `Badge ${code}`, description: '', rule },
    'BadgeCreated { badge { id code } }',
  );
  expect(result.__typename).toBe('BadgeCreated');
  return result.badge;
}

/** The codes of an ambassador's badges, in the order in which they were won. */
export async function badgesOf(ambassador: TestAmbassador): Promise<string[]> {
  const { me } = await ambassador.client.ask('{ me { badges { badge { code } } } }');
  return me.badges.map(({ badge }: Answer) => badge.code);
}
