/**
 * Seeds that once showed a fault of the product, with what it was. They run first. A change of `gate/profile.ts` changes what
 * every seed is about: then the fault belongs among the planted bugs, too.
 */
export const REGRESS_SEEDS: readonly (readonly [seed: number, was: string])[] = [
  [72, 'a check that a sleeping process wrote for a deleted account stayed due for ever'],
  [107, 'the second opinion of a robot took one of the last two tries'],
]
