/**
 * The port that every compared system is driven through. A script is a list of turns; acts name a turn by its place among
 * those that show, and a place in it by an offset, as a person at a screen would.
 */
export type Turn = { readonly speaker: string | null; readonly text: string }

export type Act =
  | { readonly kind: 'type'; readonly turn: number; readonly offset: number; readonly text: string }
  /** Splits inside the text. `keep` leaves both parts to the speaker, `other` gives the second to the next voice. */
  | { readonly kind: 'split'; readonly turn: number; readonly offset: number; readonly speaker: 'keep' | 'other' }
  /** Begins a turn of the next voice after this one, and types into it. */
  | { readonly kind: 'next'; readonly turn: number; readonly text: string }
  /** Joins a turn to the end of the one before. */
  | { readonly kind: 'join'; readonly turn: number }
  /** Moves a turn to stand before another, or to the end (`before` = number of turns). */
  | { readonly kind: 'move'; readonly turn: number; readonly before: number }
  /** Cuts a whole turn and pastes it before another: two acts, with nothing of other replicas between them. */
  | { readonly kind: 'paste'; readonly turn: number; readonly before: number }
  | { readonly kind: 'remove'; readonly turn: number }
  /** Gives a turn to the next of the roster. */
  | { readonly kind: 'speak'; readonly turn: number }

export type Replica = {
  readonly act: (act: Act) => void
  /** What shows, in order. */
  readonly read: () => Turn[]
  /** Texts that do not show but that everybody is told of, so that they can be put back. */
  readonly setAside: () => string[]
  readonly close: () => void
}

export type Peer = {
  readonly name: string
  /** The packages that do the merging, to be named with their versions. */
  readonly packages: readonly string[]
  /** Replicas of one script, each with a client id; all have seen all. */
  readonly open: (script: readonly Turn[], clientIds: readonly number[]) => Promise<Ensemble>
}

export type Ensemble = {
  readonly replicas: readonly Replica[]
  /** Two replicas, by their places, tell each other all they know. */
  readonly exchange: (a: number, b: number) => void
}

export const ROSTER: readonly string[] = ['ada', 'bo', 'cy']

export const speakerAfter = (speaker: string | null): string => ROSTER[(ROSTER.indexOf(speaker ?? '') + 1) % ROSTER.length] ?? ''

/** Who speaks after a turn: the other of the two who are talking, or else the next of the roster. */
export const nextVoice = (script: readonly Turn[], turn: number): string => {
  const { speaker = null } = script[turn] ?? {}
  const other = script.slice(0, turn).findLast((before) => before.speaker !== speaker && ROSTER.includes(before.speaker ?? ''))
  return other?.speaker ?? speakerAfter(speaker)
}

/** What an act does to a script that nobody else writes in: adapters are held to it after each act of each trace. */
export const actedOn = (script: readonly Turn[], act: Act): Turn[] => {
  const turns = [...script]
  const turn = turns[act.turn]
  if (!turn) throw new Error(`there is no turn ${act.turn}`)
  const { speaker, text } = turn
  const moveTo = (before: number) => {
    turns.splice(act.turn, 1)
    turns.splice(before > act.turn ? before - 1 : before, 0, turn)
  }
  switch (act.kind) {
    case 'type':
      turns[act.turn] = { speaker, text: text.slice(0, act.offset) + act.text + text.slice(act.offset) }
      break
    case 'split':
      turns.splice(
        act.turn,
        1,
        { speaker, text: text.slice(0, act.offset) },
        { speaker: act.speaker === 'keep' ? speaker : nextVoice(script, act.turn), text: text.slice(act.offset) },
      )
      break
    case 'next':
      turns.splice(act.turn + 1, 0, { speaker: nextVoice(script, act.turn), text: act.text })
      break
    case 'join': {
      const before = turns[act.turn - 1]
      if (!before) throw new Error('the first turn has none to be joined to')
      turns.splice(act.turn - 1, 2, { speaker: before.speaker, text: before.text + text })
      break
    }
    case 'move':
    case 'paste':
      moveTo(act.before)
      break
    case 'remove':
      turns.splice(act.turn, 1)
      break
    case 'speak':
      turns[act.turn] = { speaker: speakerAfter(speaker), text }
      break
  }
  return turns
}
