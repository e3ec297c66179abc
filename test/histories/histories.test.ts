import { describe, test } from '@jest/globals';
import fc from 'fast-check';
import { dropDatabase, emptyDatabase } from '../support/databases.js';
import { World } from '../support/world.js';
import { History, type Step } from './history.js';
import { Neighbour } from './neighbour.js';
import { steps } from './steps.js';

/*
 * Random histories of what ambassadors, staff and servers do, against a simple model; after each everything that must
 * always be true is checked. Between them anything happens in a program beside it (neighbour.ts). A failure prints the seed
 * and the path that replay it; where the neighbour went wrong, the seed alone, since it lives through 25 histories:
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
/** Every third step or so is any mutation that the API has, in the program next door. */
const nextDoor = 'nextDoor';
const modelled = [...Object.keys(steps), ...often, ...often];
const step: fc.Arbitrary<Step> = fc.record({
  name: fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...modelled) },
    { weight: 1, arbitrary: fc.constant(nextDoor) },
  ),
  who: fc.nat(5),
  what: fc.nat(1_000),
  amount: fc.nat(400),
});

describe('Random histories', () => {
  test(
    `are what the model says, and keep everything that must always be true (${count} of ${length} steps)`,
    async () => {
      let place: { readonly world: World; readonly neighbour: Neighbour } | undefined;
      let run = 0;
      const name = `histories_${process.env.JEST_WORKER_ID ?? '1'}`;
      const renew = async () => {
        await place?.world.stop();
        await (place ? emptyDatabase(name) : dropDatabase(name));
        const world = new World({}, { database: name });
        await world.start();
        place = { world, neighbour: await Neighbour.begin(world) };
        return place;
      };
      try {
        await fc.assert(
          fc.asyncProperty(fc.array(step, { minLength: length, maxLength: length }), async (taken) => {
            const { world, neighbour } = place && run % historiesPerDatabase !== 0 ? place : await renew();
            run += 1;
            const history = await History.begin(world);
            for (const each of taken) {
              await (each.name === nextDoor ? neighbour.act(each) : steps[each.name]?.(history, each));
            }
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
        await place?.world.stop();
        await dropDatabase(name);
      }
    },
    minutesMax * 60_000,
  );
});
