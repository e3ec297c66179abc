import type { ReferralStrictness } from '../../../src/referrals/fraud/fraud.enums.js';
import { frauds } from './frauds.js';
import { Street, situations } from './honest.js';
import { Census } from './people.js';
import { isFlagged } from './scene.js';
import { Town } from './town.js';

/** The seed that the points were reasoned with, and one that was looked at only when they stood. */
export const seeds = { known: 20_260_301, heldOut: 314_159_265 } as const;

export interface Measured {
  readonly name: string;
  readonly cases: number;
  readonly flagged: number;
}

/** Every kind of fraud, each so many times from the beginning, and how many of these were blocked or sent to review. */
export async function measureFrauds(seed: number, casesOfKind: number, strictness?: ReferralStrictness) {
  const census = new Census(seed);
  const measured: Measured[] = [];
  for (const { name, play } of frauds) {
    let flagged = 0;
    for (let index = 0; index < casesOfKind; index++) {
      if (isFlagged(await play(new Town(strictness), census))) flagged += 1;
    }
    measured.push({ name, cases: casesOfKind, flagged });
  }
  return measured;
}

/** 10,000 honest people in one program, by what makes them look odd, and how many of them were blocked or reviewed. */
export async function measureHonest(seed: number, strictness?: ReferralStrictness): Promise<Measured[]> {
  const [census, town] = [new Census(seed), new Town(strictness)];
  const measured: Measured[] = [];
  for (const { name, people, live } of situations) {
    const street = new Street(town, census);
    await live(street, people);
    measured.push({ name, cases: street.people, flagged: street.flagged });
  }
  return measured;
}

export function sumOf(measured: readonly Measured[]): Pick<Measured, 'cases' | 'flagged'> {
  return {
    cases: measured.reduce((sum, { cases }) => sum + cases, 0),
    flagged: measured.reduce((sum, { flagged }) => sum + flagged, 0),
  };
}
