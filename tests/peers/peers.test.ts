import { describe, expect, it } from 'vitest'
import { createOurs, FAULTS } from './adapters/ours.ts'
import { judge } from './judge.ts'
import { isClean } from './pairs.ts'
import { peersToCompare } from './peers.ts'
import { Misfit, play, playScenario, show } from './play.ts'
import type { Peer } from './port.ts'
import { type Scenario, scenarios } from './scenarios.ts'
import { count, createTally, faultyWords, lostActs, RULES, type Tally } from './tally.ts'
import { sampleTraces, type Trace } from './trace.ts'

/** `npm run bench:merge` plays many more, and on the other peers too. */
const SEED = 1

const tallyOf = async (peer: Peer, traces: readonly Trace[]): Promise<Tally & { misfits: string[] }> => {
  const tally = { ...createTally(), misfits: [] as string[] }
  for (const trace of traces)
    try {
      for (const round of await play(peer, trace)) count(tally, judge(round))
    } catch (error) {
      if (!(error instanceof Misfit)) throw error
      tally.misfits.push(error.message)
    }
  return tally
}

/** What is not as it should be, with both orders of client ids. */
const faultsOf = async (peer: Peer, scenario: Scenario): Promise<string[]> => {
  const faults: string[] = []
  for (const ids of [
    [1, 2],
    [2, 1],
  ])
    try {
      for (const round of await playScenario(peer, scenario, ids))
        if (!isClean(judge(round))) faults.push(`client ids ${ids}: ${show(round.result)}`)
    } catch (error) {
      if (!(error instanceof Misfit)) throw error
      faults.push(error.message)
    }
  return faults
}

describe('Stet merges, B2', () => {
  it.each(scenarios)('$name', async (scenario) => {
    expect(await faultsOf(createOurs(), scenario)).toEqual([])
  })

  it('100 random traces: no word is lost, doubled, in a wrong mouth or turn, no act is lost, and all replicas agree', async () => {
    const tally = await tallyOf(createOurs(), sampleTraces(SEED, 100))
    expect(tally.misfits).toEqual([])
    expect(tally.diverged).toBe(0)
    expect(RULES.map((rule) => [rule, faultyWords(tally, rule)])).toEqual(RULES.map((rule) => [rule, 0]))
    expect(lostActs(tally)).toBe(0)
    expect(tally.typedDuring).toBeGreaterThan(300)
  }, 240_000)
})

describe('the comparison can fail Stet', () => {
  it.each(FAULTS)('%s is found out', async (fault) => {
    const traces = sampleTraces(SEED, 8)
    const [whole, broken] = [await tallyOf(createOurs(), traces), await tallyOf(createOurs(fault), traces)]
    const faults = (tally: Tally) =>
      faultyWords(tally, 'lost') + faultyWords(tally, 'doubled') + faultyWords(tally, 'wrong mouth')
    expect(faults(broken)).toBeGreaterThan(faults(whole))
  })

  it('an unknown fault is refused', () => {
    expect(() => peersToCompare('join-eats')).toThrow('STET_BREAK')
  })
})

it('every peer does each act on its own replica as the port says', async () => {
  for (const peer of peersToCompare(undefined).slice(1)) {
    const alone = sampleTraces(SEED, 8).map((trace) => ({
      ...trace,
      rounds: trace.rounds.map((round) => ({ ...round, steps: round.steps.map((step) => ({ ...step, replica: 0 })) })),
    }))
    const tally = await tallyOf(peer, alone)
    expect(tally.misfits).toEqual([])
    expect([faultyWords(tally, 'lost'), faultyWords(tally, 'doubled'), lostActs(tally)], peer.name).toEqual([0, 0, 0])
  }
})
