import { setImmediate } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { type Deed, meantBy, wordsOf } from './deed.ts'
import type { Round } from './judge.ts'
import { type Act, actedOn, type Peer, type Replica, ROSTER, type Turn } from './port.ts'
import type { Scenario } from './scenarios.ts'
import type { Step, Trace } from './trace.ts'

/** An act did something else on its own replica than the port says, before anybody met. */
export class Misfit extends Error {}

/** Plays a trace on a peer, and answers what there is to judge of each round. Throws a `Misfit`. */
export const play = async (peer: Peer, trace: Trace): Promise<Round[]> => {
  const ids = Array.from({ length: trace.replicas }, (_, index) => index + 1)
  const stage = await openStage(peer, FIVE_TURNS, trace.reversed ? ids.reverse() : ids)
  try {
    return trace.rounds.map(({ focus, steps }) => {
      const script = stage.part()
      const words = script.flatMap(({ text }) => wordsOf(text))
      const focused = words[focus % Math.max(words.length, 1)]
      for (const step of steps) {
        const replica = step.replica % trace.replicas
        if (step.kind === 'meet') stage.meet(replica, (replica + 1) % trace.replicas)
        else {
          const act = actOf(step, stage.read(replica), focused, stage)
          if (act) stage.act(replica, act)
        }
      }
      return stage.meetAll()
    })
  } finally {
    await stage.close()
  }
}

/** Plays a scenario on two replicas, and answers what there is to judge of each round. */
export const playScenario = async (peer: Peer, { moves }: Scenario, clientIds: readonly number[]): Promise<Round[]> => {
  const stage = await openStage(peer, FIVE_TURNS, clientIds)
  try {
    stage.part()
    const rounds: Round[] = []
    for (const move of moves) {
      if (move !== 'all meet') stage.act(...move)
      else {
        rounds.push(stage.meetAll())
        stage.part()
      }
    }
    return [...rounds, stage.meetAll()]
  } finally {
    await stage.close()
  }
}

/**
 * Five turns of four words each. Every word begins with a letter of its own: an editor that finds out what was changed by
 * comparing texts shall not be misled by words more alike than those of a language.
 */
export const FIVE_TURNS: readonly Turn[] = [0, 1, 2, 3, 4].map((turn) => ({
  speaker: ROSTER[turn % ROSTER.length] ?? null,
  text: [0, 1, 2, 3].map((word) => `${'abcdefghijklmnopqrst'[turn * 4 + word]}${turn * 4 + word} `).join(''),
}))

export type Stage = Awaited<ReturnType<typeof openStage>>

/** Replicas of one script on a peer, with a record of what was meant by each act. */
export const openStage = async (peer: Peer, script: readonly Turn[], clientIds: readonly number[]) => {
  const { replicas, exchange } = await peer.open(script, clientIds)
  const known = replicas.map(() => new Set<number>())
  let parted: readonly Turn[] = script
  let deeds: Deed[] = []
  let standing = new Set<string>()
  let words = 0
  const replicaAt = (index: number): Replica => {
    const replica = replicas[index]
    if (!replica) throw new Error(`there is no replica ${index}`)
    return replica
  }
  const meet = (a: number, b: number) => {
    exchange(a, b)
    for (const id of known[a] ?? []) known[b]?.add(id)
    for (const id of known[b] ?? []) known[a]?.add(id)
  }
  return {
    meet,
    read: (replica: number) => replicaAt(replica).read(),
    newWord: () => `${'uvwxyzUVWXYZ'[words % 12]}${words++} `,

    /** It stood when the replicas parted, or began a turn since: there is something to know its turn by. */
    isStanding: (word: string) => standing.has(word),

    /** All have seen all: a new round begins, from what shows. */
    part: (): readonly Turn[] => {
      parted = replicaAt(0).read()
      standing = new Set(parted.flatMap(({ text }) => wordsOf(text)))
      deeds = []
      for (const knows of known) knows.clear()
      return parted
    },

    /** Every act is held to what it means where nobody else writes. */
    act: (index: number, act: Act) => {
      const replica = replicaAt(index)
      const before = replica.read()
      replica.act(act)
      const [found, wanted] = [replica.read(), actedOn(before, act)]
      if (!isDeepStrictEqual(found, wanted))
        throw new Misfit(`${peer.name}: ${JSON.stringify(act)} on ${show(before)} gave ${show(found)} and not ${show(wanted)}`)
      const id = deeds.length
      deeds.push({ id, replica: index, knows: new Set(known[index]), ...meantBy(before, act) })
      known[index]?.add(id)
      if (act.kind === 'next') standing.add(act.text.trim())
    },

    /** Ends the round, and answers what there is to judge of it. */
    meetAll: (): Round => {
      for (let pass = 0; pass < 2; pass++) for (let other = 1; other < replicas.length; other++) meet(0, other)
      const [result = [], ...rest] = replicas.map((replica) => replica.read())
      return {
        script: parted,
        deeds,
        result,
        aside: replicaAt(0).setAside(),
        converged: rest.every((other) => isDeepStrictEqual(other, result)),
      }
    },

    /** Lets the timers of the views run out: they hold on to what was closed. */
    close: async () => {
      for (const replica of replicas) replica.close()
      await setImmediate()
    },
  }
}

export const show = (turns: readonly Turn[]): string =>
  turns.map(({ speaker, text }) => `${speaker ?? '-'}: ${text.trim()}`).join(' / ')

/** The act that a step is on what a replica shows; null where it would mean nothing. */
const actOf = (
  { kind, near, at }: Step,
  script: readonly Turn[],
  focus: string | undefined,
  { isStanding, newWord }: Pick<Stage, 'isStanding' | 'newWord'>,
): Act | null => {
  const focused = script.findIndex(({ text }) => focus !== undefined && wordsOf(text).includes(focus))
  const index = Math.min(Math.max(focused + near, 0), script.length - 1)
  const text = script[index]?.text ?? ''
  const words = wordsOf(text)
  const standing = words.map(isStanding)
  // Structure is done to turns that have words; an empty one has nothing to see the act by.
  if (!standing.includes(true)) return null
  const gap = (from: number, to: number) => from + (at % (to - from + 1))
  switch (kind) {
    case 'type': {
      const offset = offsetOf(text, gap(0, words.length))
      return { kind, turn: index, offset, text: spaced(text, offset, newWord()) }
    }
    case 'split':
    case 'split other': {
      // Each part keeps a word to be known by.
      const [first, last] = [standing.indexOf(true) + 1, standing.lastIndexOf(true)]
      if (first > last) return null
      const offset = offsetOf(text, gap(first, last))
      return { kind: 'split', turn: index, offset, speaker: kind === 'split' ? 'keep' : 'other' }
    }
    case 'next':
      return { kind, turn: index, text: newWord() }
    case 'join': {
      const before = script[index - 1]?.text ?? ''
      // Where a merge took the last space, the join itself would run two words into one.
      return before.endsWith(' ') && wordsOf(before).some(isStanding) ? { kind, turn: index } : null
    }
    case 'move':
    case 'paste': {
      // A paste beside an empty turn would fill it, in any editor.
      const isEmpty = (turn: number) => script[turn]?.text === ''
      const places = [...script.keys(), script.length].filter(
        (place) => (place < index || place > index + 1) && !isEmpty(place - 1) && !isEmpty(place),
      )
      const before = places[at % Math.max(places.length, 1)]
      return before === undefined ? null : { kind, turn: index, before }
    }
    case 'remove':
      return script.length > 3 ? { kind, turn: index } : null
    case 'speak':
      return { kind, turn: index }
    case 'meet':
      return null
  }
}

/** The offset of a gap between words: right before the word that follows, or the end. */
const offsetOf = (text: string, gap: number): number => [...text.matchAll(/\S+/g)][gap]?.index ?? text.length

/** A word with the spaces that keep it from running into others. */
const spaced = (text: string, offset: number, word: string): string =>
  offset === 0 || text[offset - 1] === ' ' ? word : ` ${word}`
