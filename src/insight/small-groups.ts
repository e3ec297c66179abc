/** Fewer people than this could be told one by one. */
export const peopleMin = 5;

/**
 * The groups that can be shown beside the figures of all: none with fewer than 5 people, and none from which, by
 * subtracting what is shown, fewer than 5 could be told. In the order in which they came.
 */
export function shownGroups<T>(groups: readonly T[], peopleOf: (group: T) => number, all: number): T[] {
  const bySize = groups.filter((group) => peopleOf(group) >= peopleMin).sort((a, b) => peopleOf(b) - peopleOf(a));
  const rest = () => all - bySize.reduce((sum, group) => sum + peopleOf(group), 0);
  while (rest() > 0 && rest() < peopleMin && bySize.length > 0) bySize.pop();
  const shown = new Set(bySize);
  return groups.filter((group) => shown.has(group));
}
