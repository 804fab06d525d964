const ADDED_AT_ONCE = 50;
const BATCHES = 20;
const MOST_COMMITS = 250;

/**
 * Fills a group as it is in the middle of its life: added in many commits, and a quarter of its members (of a large one, 250)
 * have committed since. The others are still awaited, so that the tree section is about the largest it comes to.
 */
export async function midLife(group, size) {
  const atOnce = Math.max(ADDED_AT_ONCE, size / BATCHES);
  for (let count = 1; count < size; count += atOnce) await group.add(Math.min(atOnce, size - count));
  const commits = Math.min(size / 4, MOST_COMMITS);
  for (let i = 0; i < commits; i++) await group.update(group.scripted.random.below(size));
}
