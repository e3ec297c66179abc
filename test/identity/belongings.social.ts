import { deedOf, feedOf, share } from '../social/social.js';
import type { TestAmbassador, TestProgram, World } from '../support/world.js';

/** What others see of an ambassador, and how it praised another. */
export async function socialLife(world: World, program: TestProgram, ambassador: TestAmbassador) {
  const before = await program.admin.ask('{ activityFeed { totalCount } }');
  await share(ambassador);
  await deedOf(program, ambassador);
  const items = await feedOf(program.admin, before.activityFeed.totalCount + 2, 'ambassador { id }');
  const [shown, hidden] = items.filter((item) => item.ambassador.id === ambassador.id);
  await program.admin.mutate('activityHide', { activityId: hidden.id });
  const friend = await program.ambassador('Friend');
  const praise = { toAmbassadorId: friend.id, idempotencyKey: world.unique('praise') };
  const { kudos } = await ambassador.client.mutate('kudosGive', praise, 'KudosGiven { kudos { id } }');
  await share(friend);
  const again = await ambassador.client.mutate(
    'kudosGive',
    { ...praise, idempotencyKey: world.unique('praise') },
    'KudosGiven { kudos { id } }',
  );
  return {
    ...{ activityId: shown.id, hiddenActivityId: hidden.id },
    ...{ kudosId: kudos.id, sharedKudosId: again.kudos.id },
  };
}
