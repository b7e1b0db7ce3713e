import fc from 'fast-check'
import type { Act } from './port.ts'

/**
 * A trace: rounds of writing apart, each around one place of the script, with all replicas meeting at its end. Steps name
 * places by numbers that are taken modulo what shows, so that one trace can be played on any peer.
 */
export type Step = {
  readonly replica: number
  readonly kind: Act['kind'] | 'split other' | 'meet'
  /** Whether it acts on the turn of the focus, the one before or the one after. */
  readonly near: -1 | 0 | 1
  readonly at: number
}

export type Trace = {
  readonly replicas: 2 | 3
  /** The first replica has the highest client id, not the lowest. */
  readonly reversed: boolean
  readonly rounds: readonly { readonly focus: number; readonly steps: readonly Step[] }[]
}

const step: fc.Arbitrary<Step> = fc.record({
  replica: fc.nat(2),
  kind: fc.constantFrom<Step['kind'][]>(
    ...(['type', 'type', 'type', 'type', 'type', 'type', 'type', 'split', 'split', 'split other', 'split other'] as const),
    ...(['next', 'next', 'join', 'join', 'move', 'move', 'paste', 'paste', 'remove', 'speak', 'meet'] as const),
  ),
  near: fc.constantFrom<(-1 | 0 | 1)[]>(0, 0, 0, 0, -1, 1),
  at: fc.nat(1_000),
})

export const trace: fc.Arbitrary<Trace> = fc.record({
  replicas: fc.constantFrom<(2 | 3)[]>(2, 3),
  reversed: fc.boolean(),
  rounds: fc.array(fc.record({ focus: fc.nat(1_000), steps: fc.array(step, { minLength: 2, maxLength: 10 }) }), {
    minLength: 1,
    maxLength: 3,
  }),
})

export const sampleTraces = (seed: number, count: number): Trace[] => fc.sample(trace, { seed, numRuns: count })
