import { expect } from '@jest/globals';
import type { History, Step, Take } from './history.js';
import { dayMilliseconds, kudosTerms } from './model.js';

/** Steps of the social side: who is seen, and who praises whom. */
export const socialSteps: Readonly<Record<string, Take>> = {
  async activitySharingSet(history, { who, amount }) {
    const shares = amount % 2 === 0;
    const { client } = history.ambassador(who % history.ambassadors.length);
    const selection = 'ActivitySharingChanged { ambassador { sharesActivity } }';
    const result = await client.mutate('activitySharingSet', { shares }, selection);
    expect(result.ambassador.sharesActivity).toBe(shares);
  },

  async kudosGive(history, { who, what }) {
    const [from, to] = [who % history.ambassadors.length, what % history.ambassadors.length];
    const { client } = history.ambassador(from);
    const input = { toAmbassadorId: history.ambassador(to).id, idempotencyKey: history.key() };
    const selection = 'KudosGiven { kudos { id } } ... on KudosRefused { reason }';
    const result = await client.mutate('kudosGive', input, selection);
    const given = history.model.kudos;
    const today = given.filter(({ at }) => dayOf(at) === dayOf(history.model.now));
    if (from === to) {
      expect(result.reason).toBe('ONESELF');
    } else if (today.filter((each) => each.from === from).length >= kudosTerms.kudosPerDayMax) {
      expect(result.reason).toBe('LIMIT_REACHED');
    } else {
      const got = today.filter((each) => each.to === to).reduce((sum, { points }) => sum + points, 0);
      const points = got + kudosTerms.kudosPoints > kudosTerms.kudosPointsPerDayMax ? 0 : kudosTerms.kudosPoints;
      const { id } = result.kudos;
      given.push({ id, from, to, points, at: history.model.now, isWithdrawn: false });
      history.model.earn(to, points, 0, id);
      const again = await client.mutate('kudosGive', input, selection);
      expect(again.kudos.id).toBe(id);
    }
  },

  async kudosWithdraw(history: History, { what }: Step) {
    const kudos = history.model.kudos[what % Math.max(1, history.model.kudos.length)];
    if (!kudos) return;
    const { client } = history.ambassador(kudos.from);
    const result = await client.mutate('kudosWithdraw', { kudosId: kudos.id }, 'KudosWithdrawn { kudos { id } }');
    expect(result.kudos.id).toBe(kudos.id);
    if (kudos.isWithdrawn) return;
    kudos.isWithdrawn = true;
    history.model.takeBack(kudos.to, kudos.points, kudos.id);
  },
};

/** Programs of histories count their days in UTC. */
function dayOf(time: number): number {
  return Math.floor(time / dayMilliseconds);
}
