import type { Meant } from './deed.ts'
import { judge, type Verdict } from './judge.ts'
import { FIVE_TURNS, openStage, type Stage, show } from './play.ts'
import type { Act, Peer, Turn } from './port.ts'

/** The acts of the table of pairs: each on the turn it is given, in all its variants. */
export const PAIR_ACTS = {
  type: (turn) => [0, 1, 2, 3, 4].map((gap) => ({ kind: 'type', turn, offset: offsetAt(turn, gap), text: '' })),
  'split, same speaker': (turn) => [1, 2].map((gap) => ({ kind: 'split', turn, offset: offsetAt(turn, gap), speaker: 'keep' })),
  'split, other speaker': (turn) => [1, 2].map((gap) => ({ kind: 'split', turn, offset: offsetAt(turn, gap), speaker: 'other' })),
  'next turn': (turn) => [{ kind: 'next', turn, text: '' }],
  join: (turn) => [{ kind: 'join', turn }],
  move: (turn) => [0, FIVE_TURNS.length].map((before) => ({ kind: 'move', turn, before })),
  'cut and paste': (turn) => [0, FIVE_TURNS.length].map((before) => ({ kind: 'paste', turn, before })),
  remove: (turn) => [{ kind: 'remove', turn }],
  'change speaker': (turn) => [{ kind: 'speak', turn }],
} as const satisfies Record<string, (turn: number) => Act[]>

export type PairAct = keyof typeof PAIR_ACTS
export const PAIR_NAMES = Object.keys(PAIR_ACTS) as PairAct[]

/** One person's act on a turn, another's on the same one or on the one after it, neither knowing of the other. */
export type Pair = { readonly first: PairAct; readonly second: PairAct; readonly where: 'same turn' | 'next to it' }

export const PAIRS: readonly Pair[] = [
  ...PAIR_NAMES.flatMap((first, index) => PAIR_NAMES.slice(index).map((second): Pair => ({ first, second, where: 'same turn' }))),
  ...PAIR_NAMES.flatMap((first) => PAIR_NAMES.map((second): Pair => ({ first, second, where: 'next to it' }))),
]

export type PairOutcome = {
  /** How many of the variants, with both orders of client ids, ended in which words. */
  readonly counts: ReadonlyMap<string, number>
  readonly variants: number
  /** What the variants that ended badly looked like. */
  readonly examples: readonly string[]
}

const HERE = 2

export const playPair = async (peer: Peer, { first, second, where }: Pair): Promise<PairOutcome> => {
  const counts = new Map<string, number>()
  const examples: string[] = []
  let variants = 0
  for (const mine of PAIR_ACTS[first](HERE) as Act[])
    for (const theirs of PAIR_ACTS[second](where === 'same turn' ? HERE : HERE + 1) as Act[])
      for (const open of [writtenStage, grownStage])
        for (const clientIds of [
          [1, 2],
          [2, 1],
        ]) {
          const stage = await open(peer, clientIds)
          stage.part()
          stage.act(0, worded(mine, 'x'))
          stage.act(1, worded(theirs, 'y'))
          const round = stage.meetAll()
          await stage.close()
          const verdict = judge(round)
          const words = outcomeOf(verdict, round.result)
          counts.set(words, (counts.get(words) ?? 0) + 1)
          variants += 1
          if (!isClean(verdict)) examples.push(`${JSON.stringify(mine)} ∥ ${JSON.stringify(theirs)}: ${show(round.result)}`)
        }
  return { counts, variants, examples }
}

const writtenStage = (peer: Peer, clientIds: readonly number[]): Promise<Stage> => openStage(peer, FIVE_TURNS, clientIds)

/** The same script, grown out of one turn by splits: what a script was made by must not matter. */
const grownStage = async (peer: Peer, clientIds: readonly number[]): Promise<Stage> => {
  const whole = { speaker: FIVE_TURNS[0]?.speaker ?? null, text: FIVE_TURNS.map(({ text }) => text).join('') }
  const stage = await openStage(peer, [whole], clientIds)
  for (const [turn, { text }] of FIVE_TURNS.slice(0, -1).entries())
    stage.act(0, { kind: 'split', turn, offset: text.length, speaker: 'other' })
  stage.meetAll()
  return stage
}

export const isClean = ({ words, acts, converged }: Verdict): boolean =>
  words.length === 0 && converged && acts.every(({ fate }) => fate !== 'lost')

const offsetAt = (turn: number, gap: number): number =>
  (FIVE_TURNS[turn]?.text ?? '').split(' ').slice(0, gap).join(' ').length + (gap === 0 ? 0 : 1)

const worded = (act: Act, word: string): Act => ('text' in act ? { ...act, text: `${word} ` } : act)

const ACT_WORDS: Record<Meant['kind'], string> = {
  type: 'the word',
  split: 'the split',
  next: 'the new turn',
  join: 'the join',
  move: 'the move',
  paste: 'the paste',
  remove: 'the removal',
  speak: 'the change of speaker',
}

/** What became of a pair, in words. */
const outcomeOf = ({ words, acts, setAside, converged }: Verdict, result: readonly Turn[]): string => {
  const said: string[] = []
  for (const typed of [true, false])
    for (const rule of ['lost', 'doubled', 'wrong mouth', 'wrong turn'] as const) {
      const found = words.filter((fault) => fault.typed === typed && fault.rule === rule)
      if (found.length === 0) continue
      const isPlace = rule === 'wrong mouth' || rule === 'wrong turn'
      said.push(`${typed ? 'typed' : 'standing'} words ${isPlace ? `in a ${rule}` : rule}`)
    }
  for (const fate of ['lost', 'gave way', 'moot'] as const)
    for (const { deed } of acts.filter((act) => act.fate === fate)) {
      const verb = { lost: 'is lost', 'gave way': 'gives way', moot: 'is moot' }[fate]
      said.push(`${ACT_WORDS[deed.kind]} ${verb}`)
    }
  if (setAside > 0) said.push('the word is set aside, flagged')
  if (result.some(({ text }) => text === '')) said.push('an empty turn is left')
  if (!converged) said.push('the replicas differ for ever')
  return said.length === 0 ? 'both stand' : [...new Set(said)].join('; ')
}
