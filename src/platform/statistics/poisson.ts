import jstat from 'jstat';

const { jStat } = jstat;

/** How many events a time like this one would bring on average, by those that it brought. */
export interface PoissonInterval {
  readonly lower: number;
  readonly upper: number;
}

/** The exact interval of Garwood (Biometrika 28, 1936): it holds at least as often as it says, for few events too. */
export function poissonInterval(events: number, confidence: number): PoissonInterval {
  const tail = (1 - confidence) / 2;
  return {
    lower: events === 0 ? 0 : jStat.chisquare.inv(tail, 2 * events) / 2,
    upper: jStat.chisquare.inv(1 - tail, 2 * events + 2) / 2,
  };
}
