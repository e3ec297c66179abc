import { describe, test } from '@jest/globals';
import fc from 'fast-check';
import { dropDatabase } from '../support/databases.js';
import { World } from '../support/world.js';
import { History, type Step } from './history.js';
import { steps } from './steps.js';

/*
 * Random histories of what ambassadors, staff and servers do, against a simple model; after each everything that must
 * always be true is checked. A failure prints the seed and the path that replay it:
 *
 *   [APPLAUS_HISTORIES=500 APPLAUS_HISTORY_STEPS=200 APPLAUS_HISTORY_SEED=random|… APPLAUS_HISTORY_PATH=…] npm run histories -- --engine sqlite|mysql
 */

const count = Number(process.env.APPLAUS_HISTORIES ?? 4);
const length = Number(process.env.APPLAUS_HISTORY_STEPS ?? 100);
/** The same histories each time, so that what passed passes again; `random` goes where nobody was. */
const { APPLAUS_HISTORY_SEED: seed = '20261122', APPLAUS_HISTORY_PATH: path } = process.env;
/** Histories in one database: what must be true is checked of all of it, so it is not to grow for ever. */
const historiesPerDatabase = 25;
const minutesMax = 60;

/** What people do all day comes more often than what is set up once. */
const often = ['challengeSubmit', 'submissionApprove', 'pointsAdjust', 'rewardRedeem', 'referralConvert', 'timePasses'];
const step: fc.Arbitrary<Step> = fc.record({
  name: fc.constantFrom(...Object.keys(steps), ...often, ...often),
  who: fc.nat(5),
  what: fc.nat(40),
  amount: fc.nat(400),
});

describe('Random histories', () => {
  test(
    `are what the model says, and keep everything that must always be true (${count} of ${length} steps)`,
    async () => {
      let world: World | undefined;
      let run = 0;
      const name = `histories_${process.env.JEST_WORKER_ID ?? '1'}`;
      const renew = async () => {
        await world?.stop();
        await dropDatabase(name);
        world = new World({}, { database: name });
        await world.start();
        return world;
      };
      try {
        await fc.assert(
          fc.asyncProperty(fc.array(step, { minLength: length, maxLength: length }), async (taken) => {
            const current = world && run % historiesPerDatabase !== 0 ? world : await renew();
            run += 1;
            const history = await History.begin(current);
            for (const each of taken) await steps[each.name]?.(history, each);
            await history.expectAll();
          }),
          {
            numRuns: count,
            endOnFailure: process.env.APPLAUS_HISTORY_SHRINK !== 'true',
            ...(seed === 'random' ? {} : { seed: Number(seed) }),
            ...(path ? { path } : {}),
          },
        );
      } finally {
        await world?.stop();
        await dropDatabase(name);
      }
    },
    minutesMax * 60_000,
  );
});
