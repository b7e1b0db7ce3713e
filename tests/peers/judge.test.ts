import { describe, expect, it } from 'vitest'
import { type Deed, meantBy } from './deed.ts'
import { judge, type Round } from './judge.ts'
import type { Act, Turn } from './port.ts'

/** Each rule catches a bad outcome made by hand, and lets the good one pass. */

const lines = (script: string): Turn[] =>
  script.split(' / ').map((line) => {
    const [speaker = '', words = ''] = line.split(':')
    return { speaker: speaker === '-' ? null : speaker, text: words.trim() === '' ? '' : `${words.trim()} ` }
  })

const SCRIPT = 'ada: a1 a2 a3 / bo: b1 b2 b3 / cy: c1 c2 c3'

/** Each act is another person's, none knowing of the others. */
const merge = (acts: readonly Act[], result: string, more: Partial<Round> = {}) => {
  const script = lines(SCRIPT)
  const deeds = acts.map((act, id): Deed => ({ id, replica: id, knows: new Set(), ...meantBy(script, act) }))
  return judge({ script, deeds, result: lines(result), aside: [], converged: true, ...more })
}

const faults = (...given: Parameters<typeof merge>) => {
  const { words, acts } = merge(...given)
  return [
    ...words.map(({ rule, word }) => `${word} ${rule}`),
    ...acts.filter(({ fate }) => fate !== 'stands').map(({ deed, fate }) => `${deed.kind} ${fate}`),
  ]
}

const type = (turn: number, gap: number): Act => ({ kind: 'type', turn, offset: gap * 3, text: 'w ' })
const split = (turn: number, gap: number, speaker: 'keep' | 'other' = 'other'): Act => ({
  kind: 'split',
  turn,
  offset: gap * 3,
  speaker,
})
const next = (turn: number): Act => ({ kind: 'next', turn, text: 'n ' })
const join = (turn: number): Act => ({ kind: 'join', turn })
const move = (turn: number, before: number): Act => ({ kind: 'move', turn, before })
const remove = (turn: number): Act => ({ kind: 'remove', turn })
const speak = (turn: number): Act => ({ kind: 'speak', turn })

describe('words', () => {
  it('a word that shows nowhere is lost, one that shows twice is doubled', () => {
    expect(faults([type(1, 1), join(1)], 'ada: a1 a2 a3 b1 b2 b3 / cy: c1 c2 c3')).toEqual(['w lost'])
    expect(faults([type(1, 1), join(1)], 'ada: a1 a2 a3 b1 w b2 b3 / bo: w / cy: c1 c2 c3')).toEqual(['w doubled'])
    expect(faults([type(1, 1), join(1)], 'ada: a1 a2 a3 b1 w b2 b3 / cy: c1 c2 c3')).toEqual([])
  })

  it('a word typed into a turn that was removed meanwhile is lost unless everybody is told of it', () => {
    const rest = 'ada: a1 a2 a3 / cy: c1 c2 c3'
    expect(faults([type(1, 1), remove(1)], rest)).toEqual(['w lost'])
    expect(merge([type(1, 1), remove(1)], rest, { aside: ['b1 w b2 b3 '] })).toMatchObject({ words: [], setAside: 1 })
    expect(faults([type(1, 1), speak(1)], rest, { aside: ['b1 w b2 b3 '] })).toContain('w lost')
  })

  it('a word typed past a split that ends before it, under the other speaker, is in a wrong mouth', () => {
    const acts = [type(1, 2), split(1, 1)]
    expect(faults(acts, 'ada: a1 a2 a3 / bo: b1 w / ada: b2 b3 / cy: c1 c2 c3')).toEqual(['w wrong mouth'])
    expect(faults(acts, 'ada: a1 a2 a3 / bo: b1 / ada: b2 w b3 / cy: c1 c2 c3')).toEqual([])
  })

  it('the same with one speaker is a wrong turn, and so is another place in the right turn', () => {
    const acts = [type(1, 2), split(1, 1, 'keep')]
    expect(faults(acts, 'ada: a1 a2 a3 / bo: b1 w / bo: b2 b3 / cy: c1 c2 c3')).toEqual(['w wrong turn'])
    expect(faults(acts, 'ada: a1 a2 a3 / bo: b1 / bo: w b2 b3 / cy: c1 c2 c3')).toEqual(['w wrong turn'])
  })

  it('a word typed at the very point of a split may stand on either side of it', () => {
    for (const result of ['bo: b1 w / ada: b2 b3', 'bo: b1 / ada: w b2 b3'])
      expect(faults([type(1, 1), split(1, 1)], `ada: a1 a2 a3 / ${result} / cy: c1 c2 c3`)).toEqual([])
  })

  it('a word that one split put to its tail, and that stood at the very point of another, may stand alone between them', () => {
    const script = lines(SCRIPT)
    const typed = lines('ada: a1 a2 a3 / bo: b1 w b2 b3 / cy: c1 c2 c3')
    const deeds: Deed[] = [
      { id: 0, replica: 0, knows: new Set(), ...meantBy(script, type(1, 1)) },
      { id: 1, replica: 0, knows: new Set([0]), ...meantBy(typed, split(1, 1)) },
      { id: 2, replica: 1, knows: new Set(), ...meantBy(script, split(1, 1, 'keep')) },
    ]
    const judged = (result: string) => judge({ script, deeds, result: lines(result), aside: [], converged: true }).words
    expect(judged('ada: a1 a2 a3 / bo: b1 / ada: w / ada: b2 b3 / cy: c1 c2 c3')).toEqual([])
    expect(judged('ada: a1 a2 a3 / bo: b1 / cy: w / ada: b2 b3 / cy: c1 c2 c3')).toMatchObject([{ rule: 'wrong mouth' }])
    expect(judged('ada: a1 a2 a3 / bo: b1 w / ada: b2 b3 / cy: c1 c2 c3')).toMatchObject([{ rule: 'wrong mouth' }])
  })

  it('a word at the front of a turn may follow the word that the turn was joined to, and nothing else', () => {
    const acts = [type(1, 0), join(1), split(1, 1)]
    expect(faults(acts, 'ada: a1 a2 a3 w b1 / ada: b2 b3 / cy: c1 c2 c3')).toEqual([])
    const script = lines(SCRIPT)
    const deeds: Deed[] = [
      { id: 0, replica: 0, knows: new Set(), ...meantBy(script, split(1, 1)) },
      { id: 1, replica: 1, knows: new Set(), ...meantBy(script, split(1, 1, 'keep')) },
      {
        id: 2,
        replica: 1,
        knows: new Set([1]),
        ...meantBy(lines('ada: a1 a2 a3 / bo: b1 / bo: b2 b3 / cy: c1 c2 c3'), type(2, 0)),
      },
      {
        id: 3,
        replica: 1,
        knows: new Set([1, 2]),
        ...meantBy(lines('ada: a1 a2 a3 / bo: b1 / bo: w b2 b3 / cy: c1 c2 c3'), join(2)),
      },
    ]
    const judged = (result: string) => judge({ script, deeds, result: lines(result), aside: [], converged: true }).words
    for (const result of ['bo: b1 w / ada: b2 b3', 'bo: b1 / ada: w b2 b3'])
      expect(judged(`ada: a1 a2 a3 / ${result} / cy: c1 c2 c3`)).toEqual([])
    expect(judged('ada: a1 a2 w a3 / bo: b1 / ada: b2 b3 / cy: c1 c2 c3')).toMatchObject([{ rule: 'wrong turn' }])
    expect(judged('ada: a1 a2 a3 / bo: b1 / ada: b2 w b3 / cy: c1 c2 c3')).toMatchObject([{ rule: 'wrong turn' }])
  })

  it('a word at the end of a turn may precede what was joined there only where somebody split at that seam', () => {
    const moved = 'ada: a1 a2 a3 / cy: c1 c2 c3 / bo: w b1 b2 b3'
    expect(faults([type(0, 3), join(1), move(1, 3)], moved)).toEqual(['w wrong mouth', 'join gave way'])
  })

  it('a word that was split from both its neighbours, by who saw it, stands alone', () => {
    const script = lines(SCRIPT)
    const typed = lines('ada: a1 a2 a3 / bo: b1 b2 w b3 / cy: c1 c2 c3')
    const deeds: Deed[] = [
      { id: 0, replica: 0, knows: new Set(), ...meantBy(script, type(1, 2)) },
      { id: 1, replica: 0, knows: new Set([0]), ...meantBy(typed, split(1, 2, 'keep')) },
      { id: 2, replica: 1, knows: new Set([0]), ...meantBy(typed, { kind: 'split', turn: 1, offset: 8, speaker: 'keep' }) },
    ]
    const judged = (result: string) => judge({ script, deeds, result: lines(result), aside: [], converged: true }).words
    expect(judged('ada: a1 a2 a3 / bo: b1 b2 / bo: w / bo: b3 / cy: c1 c2 c3')).toEqual([])
    expect(judged('ada: a1 a2 a3 w / bo: b1 b2 / bo: b3 / cy: c1 c2 c3')).toMatchObject([{ rule: 'wrong mouth' }])
  })

  it('a word typed at the end of a turn is in a wrong mouth when it begins the turn after', () => {
    expect(faults([type(1, 3), next(1)], 'ada: a1 a2 a3 / bo: b1 b2 b3 / ada: n w / cy: c1 c2 c3')).toEqual(['w wrong mouth'])
    expect(faults([type(1, 3), next(1)], 'ada: a1 a2 a3 / bo: b1 b2 b3 w / ada: n / cy: c1 c2 c3')).toEqual([])
  })

  it('standing words that nobody parted belong together, under a speaker that somebody gave them', () => {
    expect(faults([speak(2)], 'ada: a1 a2 a3 / bo: b1 b2 / bo: b3 / ada: c1 c2 c3')).toEqual(['b3 wrong turn'])
    expect(faults([speak(2)], 'ada: a1 a2 a3 / bo: b1 b2 / ada: b3 / ada: c1 c2 c3')).toEqual(['b3 wrong mouth'])
    expect(faults([speak(2)], 'ada: a1 a2 a3 b1 b2 b3 / ada: c1 c2 c3')).toEqual([
      'b1 wrong mouth',
      'b2 wrong mouth',
      'b3 wrong mouth',
    ])
  })

  it('joined words are in a wrong turn when they follow the head of a turn whose tail they were joined to', () => {
    const acts = [split(0, 1), join(1)]
    expect(faults(acts, 'ada: a1 b1 b2 b3 / bo: a2 a3 / cy: c1 c2 c3')).toEqual([
      'b1 wrong turn',
      'b2 wrong turn',
      'b3 wrong turn',
      'join lost',
    ])
    expect(faults(acts, 'ada: a1 / bo: a2 a3 b1 b2 b3 / cy: c1 c2 c3')).toEqual([])
  })

  it('words count as typed during an act only if it is on their turn or one beside it', () => {
    expect(merge([type(0, 1), speak(1)], SCRIPT).typedDuring).toBe(1)
    expect(merge([type(0, 1), speak(2)], SCRIPT).typedDuring).toBe(0)
  })
})

describe('acts', () => {
  it.each<[string, Act, string, string]>([
    ['split', split(1, 1), 'ada: a1 a2 a3 / bo: b1 b2 b3 / cy: c1 c2 c3', 'ada: a1 a2 a3 / bo: b1 / ada: b2 b3 / cy: c1 c2 c3'],
    [
      'split',
      split(1, 1),
      'ada: a1 a2 a3 / bo: b1 / bo: b2 b3 / cy: c1 c2 c3',
      'ada: a1 a2 a3 / bo: b1 / ada: b2 b3 / cy: c1 c2 c3',
    ],
    [
      'split',
      split(1, 1),
      'ada: a1 a2 a3 / ada: b2 b3 / bo: b1 / cy: c1 c2 c3',
      'ada: a1 a2 a3 / bo: b1 / ada: b2 b3 / cy: c1 c2 c3',
    ],
    [
      'next',
      next(0),
      'bo: n / ada: a1 a2 a3 / bo: b1 b2 b3 / cy: c1 c2 c3',
      'ada: a1 a2 a3 / bo: n / bo: b1 b2 b3 / cy: c1 c2 c3',
    ],
    ['join', join(1), SCRIPT, 'ada: a1 a2 a3 b1 b2 b3 / cy: c1 c2 c3'],
    ['move', move(0, 3), SCRIPT, 'bo: b1 b2 b3 / cy: c1 c2 c3 / ada: a1 a2 a3'],
    ['remove', remove(1), 'ada: a1 a2 a3 / bo: b2 b3 / cy: c1 c2 c3', 'ada: a1 a2 a3 / cy: c1 c2 c3'],
    ['speak', speak(1), SCRIPT, 'ada: a1 a2 a3 / cy: b1 b2 b3 / cy: c1 c2 c3'],
  ])('a %s that is not seen is lost', (kind, act, bad, good) => {
    expect(faults([act], bad)).toEqual([`${kind} lost`])
    expect(faults([act], good)).toEqual([])
  })

  it('a move of a turn that leaves a half of it behind is lost', () => {
    const acts = [move(0, 3), split(0, 1, 'keep')]
    expect(faults(acts, 'ada: a2 a3 / bo: b1 b2 b3 / cy: c1 c2 c3 / ada: a1')).toEqual(['move lost'])
    expect(faults(acts, 'bo: b1 b2 b3 / cy: c1 c2 c3 / ada: a1 / ada: a2 a3')).toEqual([])
  })

  it('of two moves of one turn one gives way; of a move and a join of it too', () => {
    expect(faults([move(0, 3), move(0, 2)], 'bo: b1 b2 b3 / ada: a1 a2 a3 / cy: c1 c2 c3')).toEqual(['move gave way'])
    expect(faults([move(1, 3), join(1)], 'ada: a1 a2 a3 / cy: c1 c2 c3 / bo: b1 b2 b3')).toEqual(['join gave way'])
    expect(faults([move(1, 3), join(1)], 'ada: a1 a2 a3 b1 b2 b3 / cy: c1 c2 c3')).toEqual(['move gave way'])
  })

  it('what was joined to a turn goes with it, also when somebody else takes that turn elsewhere', () => {
    const script = lines(SCRIPT)
    const joined = lines('ada: a1 a2 a3 b1 b2 b3 / cy: c1 c2 c3')
    const deeds: Deed[] = [
      { id: 0, replica: 0, knows: new Set(), ...meantBy(script, join(1)) },
      { id: 1, replica: 0, knows: new Set([0]), ...meantBy(joined, move(0, 2)) },
      { id: 2, replica: 1, knows: new Set(), ...meantBy(script, move(0, 2)) },
    ]
    const fates = (result: string) =>
      judge({ script, deeds, result: lines(result), aside: [], converged: true }).acts.map(({ fate }) => fate)
    expect(fates('ada: a1 a2 a3 b1 b2 b3 / cy: c1 c2 c3')).toEqual(['stands', 'gave way', 'stands'])
    expect(fates('cy: c1 c2 c3 / ada: a1 a2 a3 b1 b2 b3')[1]).toBe('stands')
    expect(fates('cy: c1 c2 c3 / ada: a1 a2 a3 / bo: b1 b2 b3')[0]).toBe('lost')
  })

  it('who joins the head of a split behind its tail has not lost the split', () => {
    const script = lines(SCRIPT)
    const parted = lines('bo: a2 a3 / ada: a1 / bo: b1 b2 b3 / cy: c1 c2 c3')
    const result = lines('bo: a2 a3 a1 / bo: b1 b2 b3 / cy: c1 c2 c3')
    const deeds: Deed[] = [
      { id: 0, replica: 0, knows: new Set(), ...meantBy(script, split(0, 1)) },
      { id: 1, replica: 0, knows: new Set([0]), ...meantBy(parted, join(1)) },
    ]
    expect(judge({ script, deeds, result, aside: [], converged: true }).acts.map(({ fate }) => fate)).toEqual([
      'gave way',
      'stands',
    ])
  })

  it('a split gives way where joins make one turn of its halves by way of another turn, and only there', () => {
    const acts = [split(1, 1, 'keep'), join(1), move(0, 2)]
    expect(faults(acts, 'ada: a1 a2 a3 b1 b2 b3 / cy: c1 c2 c3')).toContain('split lost')
    const script = lines(SCRIPT)
    const moved = lines('bo: b1 b2 b3 / ada: a1 a2 a3 / cy: c1 c2 c3')
    const deeds: Deed[] = [
      { id: 0, replica: 0, knows: new Set(), ...meantBy(script, split(1, 1, 'keep')) },
      { id: 1, replica: 1, knows: new Set(), ...meantBy(script, join(1)) },
      { id: 2, replica: 2, knows: new Set(), ...meantBy(script, move(1, 0)) },
      { id: 3, replica: 2, knows: new Set([2]), ...meantBy(moved, join(1)) },
    ]
    const result = lines('bo: b2 b3 a1 a2 a3 b1 / cy: c1 c2 c3')
    const fates = (given: readonly Deed[]) =>
      judge({ script, deeds: given, result, aside: [], converged: true }).acts.map(({ fate }) => fate)
    expect(fates(deeds)[0]).toBe('gave way')
    expect(fates(deeds.slice(0, 3))[0]).toBe('lost')
  })

  it('a removal gives way to nothing, and makes what else was done to the turn moot', () => {
    expect(faults([remove(1), move(1, 3)], 'ada: a1 a2 a3 / cy: c1 c2 c3 / bo: b1 b2 b3')).toEqual(['remove lost', 'move moot'])
    expect(faults([remove(1), move(1, 3)], 'ada: a1 a2 a3 / cy: c1 c2 c3')).toEqual(['move moot'])
  })

  it('a change of speaker gives way to another one, word by word', () => {
    const acts = [speak(0), { ...split(0, 1), turn: 0 }]
    expect(faults(acts, 'bo: a1 / bo: a2 a3 / bo: b1 b2 b3 / cy: c1 c2 c3')).toEqual([])
    expect(faults(acts, 'ada: a1 / bo: a2 a3 / bo: b1 b2 b3 / cy: c1 c2 c3')).toEqual(['speak lost'])
    expect(faults([speak(1), join(1)], 'ada: a1 a2 a3 b1 b2 b3 / cy: c1 c2 c3')).toEqual(['speak gave way'])
  })

  it('who had seen an act and undid it did not lose it', () => {
    const script = lines(SCRIPT)
    const joined = lines('ada: a1 a2 a3 b1 b2 b3 / cy: c1 c2 c3')
    const deeds: Deed[] = [
      { id: 0, replica: 0, knows: new Set(), ...meantBy(script, join(1)) },
      { id: 1, replica: 1, knows: new Set([0]), ...meantBy(joined, split(0, 3)) },
    ]
    const { acts } = judge({ script, deeds, result: script, aside: [], converged: true })
    expect(acts.map(({ fate }) => fate)).toEqual(['gave way', 'stands'])
    const backwards = deeds.map((deed) => ({ ...deed, knows: new Set<number>() }))
    expect(judge({ script, deeds: backwards, result: joined, aside: [], converged: true }).acts.map(({ fate }) => fate)).toEqual([
      'stands',
      'gave way',
    ])
  })
})
