/** How far the tests of this folder go: as `npm test` has time for, or all the way (`npm run chaos`). */
const isFull = process.env['STET_CHAOS'] === 'full'

export const extent = isFull
  ? { kills: 200, flips: 1_000, frames: 20_000, pauses: 10 }
  : { kills: 10, flips: 60, frames: 1_500, pauses: 1 }

/**
 * A seed that is printed, so that what went wrong can be made to go wrong again: `STET_SEED=<seed>`. The short extent draws the same each
 * time, as properties do (`tests/properties/seed.ts`).
 */
export const seedOf = (what: string): number => {
  const given = process.env['STET_SEED']
  const drawn = isFull ? Math.floor(Math.random() * 2 ** 31) : 1
  const seed = given === undefined ? drawn : Number(given)
  console.info(`${what}: STET_SEED=${seed}`)
  return seed
}
