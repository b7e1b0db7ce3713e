import type { Structural, Verdict, WordFault } from './judge.ts'

/** What many verdicts come to. */
export type Tally = {
  rounds: number
  typed: number
  typedDuring: number
  setAside: number
  diverged: number
  /** By rule: words typed during a structural act, words typed at other times, words that stood already. */
  readonly words: Record<WordFault['rule'], { during: number; typed: number; standing: number }>
  /** By kind of act: how many there were, and what became of them where they do not simply stand. */
  readonly acts: Record<Structural['kind'], { all: number; lost: number; 'gave way': number; moot: number }>
}

export const RULES = ['lost', 'doubled', 'wrong mouth', 'wrong turn'] as const satisfies WordFault['rule'][]
export const STRUCTURE = ['split', 'next', 'join', 'move', 'paste', 'remove', 'speak'] as const satisfies Structural['kind'][]

export const createTally = (): Tally => ({
  rounds: 0,
  typed: 0,
  typedDuring: 0,
  setAside: 0,
  diverged: 0,
  words: Object.fromEntries(RULES.map((rule) => [rule, { during: 0, typed: 0, standing: 0 }])) as Tally['words'],
  acts: Object.fromEntries(STRUCTURE.map((kind) => [kind, { all: 0, lost: 0, 'gave way': 0, moot: 0 }])) as Tally['acts'],
})

export const count = (tally: Tally, { words, acts, typed, typedDuring, setAside, converged }: Verdict): void => {
  tally.rounds += 1
  tally.typed += typed
  tally.typedDuring += typedDuring
  tally.setAside += setAside
  if (!converged) tally.diverged += 1
  for (const fault of words) tally.words[fault.rule][fault.during ? 'during' : fault.typed ? 'typed' : 'standing'] += 1
  for (const { deed, fate } of acts) {
    tally.acts[deed.kind].all += 1
    if (fate !== 'stands') tally.acts[deed.kind][fate] += 1
  }
}

export const faultyWords = ({ words }: Tally, rule: WordFault['rule']): number =>
  words[rule].during + words[rule].typed + words[rule].standing

export const lostActs = ({ acts }: Tally): number => STRUCTURE.reduce((sum, kind) => sum + acts[kind].lost, 0)
