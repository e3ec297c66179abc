const listLengthMax = 256;

/**
 * Values in lists for `IN (…)`, of at most 256 and of few different lengths: the last value is repeated up to the next
 * power of two, so that a statement over a list is prepared a few times and not once for every length.
 */
export function* listsOf<T>(values: readonly T[]): Generator<T[]> {
  for (let start = 0; start < values.length; start += listLengthMax) {
    const list = values.slice(start, start + listLengthMax);
    const last = list[list.length - 1];
    let length = 1;
    while (length < list.length) length *= 2;
    while (last !== undefined && list.length < length) list.push(last);
    yield list;
  }
}
