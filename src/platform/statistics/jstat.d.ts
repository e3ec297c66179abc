/** The part of jstat that is used here. */
declare module 'jstat' {
  const jStat: {
    /** The natural logarithm of the gamma function. */
    gammaln(x: number): number;
    readonly chisquare: {
      inv(share: number, degreesOfFreedom: number): number;
    };
    readonly normal: {
      cdf(x: number, mean: number, standardDeviation: number): number;
    };
  };
  export default { jStat };
}
