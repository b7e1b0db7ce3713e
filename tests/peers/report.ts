import { PAIRS, type Pair, type PairOutcome } from './pairs.ts'
import { faultyWords, lostActs, RULES, STRUCTURE, type Tally } from './tally.ts'

/** What was found on one peer. */
export type Findings = {
  readonly name: string
  readonly tally: Tally
  readonly pairs: ReadonlyMap<Pair, PairOutcome>
  /** Traces that ended early since an act went wrong at once, on the replica of who did it. */
  readonly misfits: number
}

export type Setting = { readonly traces: number; readonly seed: number; readonly versions: readonly string[] }

/** The generated part of docs/merge.md. */
export const reportOf = (peers: readonly Findings[], { traces, seed, versions }: Setting): string =>
  [
    `${traces} traces of seed ${seed}, the same for every peer. ${versions.join(', ')}.`,
    '### All faults, per 1,000 words typed during a structural act',
    overview(peers),
    '### Of these, the words that were being typed',
    typedWords(peers),
    '### Acts lost, of all that were done',
    actsLost(peers),
    '### Two acts on the same turn',
    pairTable(peers, 'same turn'),
    '### One act on a turn, another on the turn after it',
    pairTable(peers, 'next to it'),
  ].join('\n\n')

/** The table that answers the question, for the terminal as well. */
export const overview = (peers: readonly Findings[]): string =>
  table(
    [
      '',
      'words lost',
      'doubled',
      'in a wrong mouth',
      'in a wrong turn',
      'acts lost',
      'rounds that never agree',
      'traces cut short',
    ],
    peers.map(({ name, tally, misfits }) => [
      name,
      ...RULES.map((rule) => rate(faultyWords(tally, rule), tally)),
      rate(lostActs(tally), tally),
      String(tally.diverged),
      String(misfits),
    ]),
  )

const typedWords = (peers: readonly Findings[]): string =>
  table(
    ['', 'typed during an act', 'lost', 'doubled', 'in a wrong mouth', 'in a wrong turn', 'set aside, flagged'],
    peers.map(({ name, tally }) => [
      name,
      String(tally.typedDuring),
      ...RULES.map((rule) => rate(tally.words[rule].during, tally)),
      String(tally.setAside),
    ]),
  )

const actsLost = (peers: readonly Findings[]): string =>
  table(
    ['', ...STRUCTURE.map((kind) => KIND_WORDS[kind])],
    peers.map(({ name, tally: { acts } }) => [name, ...STRUCTURE.map((kind) => `${acts[kind].lost} of ${acts[kind].all}`)]),
  )

const KIND_WORDS: Record<(typeof STRUCTURE)[number], string> = {
  split: 'split',
  next: 'next turn',
  join: 'join',
  move: 'move',
  paste: 'cut and paste',
  remove: 'remove',
  speak: 'change speaker',
}

const rate = (number: number, { typedDuring }: Tally): string =>
  number === 0 ? '0' : ((number * 1_000) / Math.max(typedDuring, 1)).toFixed(1)

const pairTable = (peers: readonly Findings[], where: Pair['where']): string =>
  table(
    ['', ...peers.map(({ name }) => name)],
    PAIRS.filter((pair) => pair.where === where).map((pair) => [
      `${pair.first} ∥ ${pair.second}`,
      ...peers.map(({ pairs }) => outcome(pairs.get(pair))),
    ]),
  )

const outcome = (found: PairOutcome | undefined): string => {
  if (!found) return ''
  const sorted = [...found.counts].sort(([, a], [, b]) => b - a)
  return sorted.map(([words, times]) => (sorted.length === 1 ? words : `${words} (${times} of ${found.variants})`)).join('; or ')
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
