import { type Act, actedOn, type Turn } from './port.ts'

/**
 * What a person meant by an act, in words: which words it spoke of, as that person saw them. The judge knows nothing of
 * any peer's data; it compares what was meant with what shows after the merge.
 */
export type Deed = {
  readonly id: number
  readonly replica: number
  /** The deeds that this person's replica had seen, its own among them. */
  readonly knows: ReadonlySet<number>
  /** The words of the turns that it acts on, and of those beside them. */
  readonly touches: readonly string[]
  readonly beside: readonly string[]
} & Meant

export type Meant =
  /** `left` and `right`: the words of the turn on both sides, in order. */
  | {
      readonly kind: 'type'
      readonly word: string
      readonly left: readonly string[]
      readonly right: readonly string[]
      readonly speaker: string | null
    }
  /** `speaker` is null when the split assigns none. */
  | (Placed & {
      readonly kind: 'split'
      readonly head: readonly string[]
      readonly tail: readonly string[]
      readonly speaker: string | null
    })
  | (Placed & {
      readonly kind: 'next'
      readonly turn: readonly string[]
      readonly word: string
      readonly speaker: string | null
    })
  | { readonly kind: 'join'; readonly target: readonly string[]; readonly joined: readonly string[] }
  | (Placed & { readonly kind: 'move'; readonly words: readonly string[] })
  | (Placed & { readonly kind: 'paste'; readonly words: readonly string[] })
  | { readonly kind: 'remove'; readonly words: readonly string[] }
  | { readonly kind: 'speak'; readonly words: readonly string[]; readonly speaker: string | null }

/** The words that stood before and after what was acted on, once it was done. */
type Placed = { readonly before: readonly string[]; readonly after: readonly string[] }

export const wordsOf = (text: string): string[] => text.split(' ').filter((word) => word !== '')

const wordsOfTurns = (turns: readonly (Turn | undefined)[]): string[] => turns.flatMap((turn) => wordsOf(turn?.text ?? ''))

export const meantBy = (script: readonly Turn[], act: Act): Meant & Pick<Deed, 'touches' | 'beside'> => {
  const done = actedOn(script, act)
  const { text = '', speaker = null } = script[act.turn] ?? {}
  const words = wordsOf(text)
  const first = act.kind === 'join' ? act.turn - 1 : act.turn
  const surroundings = {
    touches: wordsOfTurns(script.slice(first, act.turn + 1)),
    beside: wordsOfTurns([script[first - 1], script[act.turn + 1]]),
  }
  const placed = (turn: number): Placed => ({
    before: wordsOfTurns(done.slice(0, turn)),
    after: wordsOfTurns(done.slice(turn + 1)),
  })
  const meant = (): Meant => {
    switch (act.kind) {
      case 'type':
        return {
          kind: 'type',
          word: act.text.trim(),
          left: wordsOf(text.slice(0, act.offset)),
          right: wordsOf(text.slice(act.offset)),
          speaker,
        }
      case 'split':
        return {
          kind: 'split',
          head: wordsOf(text.slice(0, act.offset)),
          tail: wordsOf(text.slice(act.offset)),
          speaker: act.speaker === 'keep' ? null : (done[act.turn + 1]?.speaker ?? null),
          ...placed(act.turn + 1),
        }
      case 'next':
        return {
          kind: 'next',
          turn: words,
          word: act.text.trim(),
          speaker: done[act.turn + 1]?.speaker ?? null,
          ...placed(act.turn + 1),
        }
      case 'join':
        return { kind: 'join', target: wordsOf(script[act.turn - 1]?.text ?? ''), joined: words }
      case 'move':
      case 'paste':
        return { kind: act.kind, words, ...placed(act.before > act.turn ? act.before - 1 : act.before) }
      case 'remove':
        return { kind: 'remove', words }
      case 'speak':
        return { kind: 'speak', words, speaker: done[act.turn]?.speaker ?? null }
    }
  }
  return { ...meant(), ...surroundings }
}
