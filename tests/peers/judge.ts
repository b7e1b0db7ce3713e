import { type Deed, wordsOf } from './deed.ts'
import type { Turn } from './port.ts'

/**
 * The rules by which a merge is judged, the same for every peer. They are told in words in docs/merge.md.
 *
 * A *standing* word was in the script when the replicas parted, or began a new turn since; a *typed* word was typed into
 * a turn since. Every word is unique, and words are only ever removed with their whole turn.
 */
export type Round = {
  /** What all replicas showed when they parted. */
  readonly script: readonly Turn[]
  readonly deeds: readonly Deed[]
  /** What they show after all have met, and what is hidden but flagged to everyone. */
  readonly result: readonly Turn[]
  readonly aside: readonly string[]
  /** Whether all of them show the same. */
  readonly converged: boolean
}

export type WordFault = {
  readonly rule: 'lost' | 'doubled' | 'wrong mouth' | 'wrong turn'
  readonly word: string
  readonly typed: boolean
  /** Typed while somebody else did a structural act on the same turn or one beside it, neither knowing of the other. */
  readonly during: boolean
}

/** `moot`: nothing is left to see it by. `gave way`: another act truly conflicted with it, and that one is seen. */
export type Fate = 'stands' | 'moot' | 'gave way' | 'lost'

export type Verdict = {
  readonly words: readonly WordFault[]
  /** The fate of each structural deed. */
  readonly acts: readonly { readonly deed: Structural; readonly fate: Fate }[]
  readonly typed: number
  readonly typedDuring: number
  readonly setAside: number
  readonly converged: boolean
}

type Typed = Extract<Deed, { kind: 'type' }>
export type Structural = Exclude<Deed, Typed>
type Place = { readonly turn: number; readonly nth: number; readonly speaker: string | null }

export const judge = (round: Round): Verdict => {
  const scene = readScene(round)
  const acts = scene.structural.map((deed) => ({ deed, fate: fateOf(deed, scene) }))
  const unseenSplits = new Set(
    acts.filter(({ deed, fate }) => deed.kind === 'split' && (fate === 'lost' || fate === 'moot')).map(({ deed }) => deed.id),
  )
  const during = new Set(scene.typings.filter((typing) => meetsStructure(typing, scene)).map(({ word }) => word))
  const typedWords = new Set(scene.typings.map(({ word }) => word))
  const fault = (rule: WordFault['rule']) => (word: string) => ({
    rule,
    word,
    typed: typedWords.has(word),
    during: during.has(word),
  })

  const followed = [...scene.standing, ...scene.typings.filter(({ kind }) => kind === 'type').map(({ word }) => word)].filter(
    (word) => !scene.removed.has(word),
  )
  const absent = followed.filter((word) => placesOf(word, scene).length === 0)
  const kept = new Set(absent.filter((word) => isKeptAside(word, scene)))
  const misplaced = [...misplacedStanding(scene, unseenSplits), ...misplacedTyped(scene)]
  return {
    words: [
      ...absent.filter((word) => !kept.has(word)).map(fault('lost')),
      ...followed.filter((word) => placesOf(word, scene).length > 1).map(fault('doubled')),
      ...misplaced.map(({ rule, word }) => fault(rule)(word)),
    ],
    acts,
    typed: typedWords.size,
    typedDuring: during.size,
    setAside: kept.size,
    converged: round.converged,
  }
}

type Scene = {
  readonly round: Round
  readonly structural: readonly Structural[]
  readonly typings: readonly (Typed | Extract<Deed, { kind: 'next' }>)[]
  readonly standing: ReadonlySet<string>
  /** Words that somebody removed who saw them. */
  readonly removed: ReadonlySet<string>
  readonly places: ReadonlyMap<string, readonly Place[]>
}

const readScene = (round: Round): Scene => {
  const { deeds, script, result } = round
  const structural = deeds.filter((deed) => deed.kind !== 'type')
  const once = script.flatMap(({ text }) => wordsOf(text))
  const places = new Map<string, Place[]>()
  let nth = 0
  for (const [turn, { text, speaker }] of result.entries())
    for (const word of wordsOf(text)) places.set(word, [...(places.get(word) ?? []), { turn, nth: nth++, speaker }])
  return {
    round,
    structural,
    typings: deeds.filter((deed) => deed.kind === 'type' || deed.kind === 'next'),
    standing: new Set([
      ...once.filter((word) => once.indexOf(word) === once.lastIndexOf(word)),
      ...deeds.flatMap((deed) => (deed.kind === 'next' ? [deed.word] : [])),
    ]),
    removed: new Set(deeds.flatMap((deed) => (deed.kind === 'remove' ? deed.words : []))),
    places,
  }
}

const placesOf = (word: string, { places }: Scene): readonly Place[] => places.get(word) ?? []

/** Where a standing word shows that shows once and that nobody removed: only such words bear witness. */
const witness = (word: string | undefined, scene: Scene): Place | null => {
  if (word === undefined || !scene.standing.has(word) || scene.removed.has(word)) return null
  const [place, second] = placesOf(word, scene)
  return place && !second ? place : null
}

const witnesses = (words: readonly string[], scene: Scene): string[] => words.filter((word) => witness(word, scene) !== null)

const overlap = (some: readonly string[], others: readonly string[]): boolean => some.some((word) => others.includes(word))

const meetsStructure = (typing: Deed, { structural }: Scene): boolean =>
  structural.some(
    (deed) =>
      deed.replica !== typing.replica &&
      !deed.knows.has(typing.id) &&
      !typing.knows.has(deed.id) &&
      overlap(typing.touches, [...deed.touches, ...deed.beside]),
  )

/** A typed word may be hidden with the turn that was removed meanwhile, if everybody is told. */
const isKeptAside = (word: string, scene: Scene): boolean =>
  scene.typings.some(
    (typing) => typing.kind === 'type' && typing.word === word && overlap([...typing.left, ...typing.right], [...scene.removed]),
  ) && scene.round.aside.some((text) => wordsOf(text).includes(word))

// Where words belong

type Misplaced = { readonly rule: 'wrong mouth' | 'wrong turn'; readonly word: string }

/** Standing words that nobody parted belong in one turn, and no others are in it but those that somebody joined to them. */
const misplacedStanding = (scene: Scene, unseenSplits: ReadonlySet<number>): Misplaced[] => {
  const { fragments, clusters } = turnsOf(scene, (split) => unseenSplits.has(split.id))
  const joined = new Set<string>()
  for (const join of scene.structural) {
    if (join.kind !== 'join') continue
    for (const word of join.joined) joined.add(word)
    const last = join.target.findLast((word) => scene.standing.has(word))
    const first = join.joined.find((word) => scene.standing.has(word))
    if (last !== undefined && first !== undefined) clusters.unite(last, first)
  }

  const astray = new Set<string>()
  const standing = witnesses([...scene.standing], scene)
  for (const words of Map.groupBy(standing, fragments.of).values()) {
    const home = mostCommon(words.map((word) => witness(word, scene)?.turn))
    for (const word of words) if (witness(word, scene)?.turn !== home) astray.add(word)
  }
  const atHome = standing.filter((word) => !astray.has(word))
  for (const words of Map.groupBy(atHome, (word) => witness(word, scene)?.turn).values()) {
    // A turn is first of all that of those words which nobody joined to others.
    const unjoined = words.filter((word) => !joined.has(word))
    const owner = mostCommon((unjoined.length > 0 ? unjoined : words).map(clusters.of))
    for (const word of words) if (clusters.of(word) !== owner) astray.add(word)
  }

  const mouths = intendedMouths(scene)
  return standing.flatMap((word): Misplaced[] => {
    if (!mouths.get(word)?.has(witness(word, scene)?.speaker ?? null)) return [{ rule: 'wrong mouth', word }]
    return astray.has(word) ? [{ rule: 'wrong turn', word }] : []
  })
}

/** Standing words that nobody parted, and those that only splits of a kind parted. */
const turnsOf = ({ standing, structural, round: { script } }: Scene, isOverlooked: (split: Of<'split'>) => boolean) => {
  const splits = structural.filter((deed) => deed.kind === 'split')
  const fragments = createGroups()
  const clusters = createGroups()
  for (const word of standing) for (const groups of [fragments, clusters]) groups.add(word)
  for (const { text } of script) {
    const words = wordsOf(text).filter((word) => standing.has(word))
    for (const [index, word] of words.entries()) {
      const previous = words[index - 1]
      if (previous === undefined) continue
      const parting = splits.filter(({ head, tail }) => head.includes(previous) && tail.includes(word))
      if (parting.length === 0) fragments.unite(previous, word)
      if (parting.every(isOverlooked)) clusters.unite(previous, word)
    }
  }
  return { fragments, clusters }
}

/**
 * The speakers that a standing word may end under: the one it had, those that an act gave it, and, when it was joined to a
 * turn, those of the word that it was joined to.
 */
const intendedMouths = (scene: Scene): Map<string, Set<string | null>> => {
  const mouths = new Map<string, Set<string | null>>([...scene.standing].map((word) => [word, new Set()]))
  const allow = (words: readonly string[], speakers: Iterable<string | null>) => {
    for (const word of words) for (const speaker of speakers) mouths.get(word)?.add(speaker)
  }
  for (const { text, speaker } of scene.round.script) allow(wordsOf(text), [speaker])
  for (const deed of scene.structural) {
    if (deed.kind === 'speak') allow(deed.words, [deed.speaker])
    else if (deed.kind === 'split' && deed.speaker !== null) allow(deed.tail, [deed.speaker])
    else if (deed.kind === 'next') allow([deed.word], [deed.speaker])
  }
  // Joins may hang on one another: as many passes as there are joins settle it.
  const joins = scene.structural.filter((deed) => deed.kind === 'join')
  for (let pass = 0; pass < joins.length; pass++)
    for (const { target, joined } of joins) {
      const last = target.findLast((word) => scene.standing.has(word))
      if (last !== undefined) allow(joined, [...(mouths.get(last) ?? [])])
    }
  return mouths
}

/** A typed word belongs with the words it was typed between: right after the one, or right before the other. */
const misplacedTyped = (scene: Scene): Misplaced[] => {
  const mouths = intendedMouths(scene)
  return scene.typings.flatMap((typing): Misplaced[] => {
    const [place, second] = placesOf(typing.word, scene)
    if (typing.kind !== 'type' || scene.removed.has(typing.word) || !place || second) return []
    const shows = (word: string) => scene.standing.has(word) && placesOf(word, scene).length > 0
    const { left, right } = withoutParted(typing, scene)
    const onto = joinedOnto(typing, scene)
    const anchors = [
      [left, ...onto.before].map((words) => words.findLast(shows)),
      [right, ...onto.after].map((words) => words.find(shows)),
    ]
    const beside = besideIn(place, scene)
    const isBeside = anchors.some((ofSide, side) =>
      ofSide.some((anchor) => {
        if (anchor === undefined) return false
        return witness(anchor, scene) ? beside[side] === anchor : placesOf(anchor, scene).some(({ turn }) => turn === place.turn)
      }),
    )
    if (isBeside || beside.some((word) => word !== undefined && isKeptWith(typing.word, word, scene))) return []
    const anchored = anchors.flat().flatMap((anchor) => (anchor === undefined ? [] : placesOf(anchor, scene)))
    const isIntended =
      place.speaker === typing.speaker ||
      isGivenTo(typing.word, place.speaker, scene) ||
      [...left, ...right].some((word) => mouths.get(word)?.has(place.speaker))
    // It stands alone, and rightly so when all it stood with is gone, or when it was parted from both sides.
    const isAlone = beside[0] === undefined && beside[1] === undefined
    if (isAlone && isIntended && (anchored.length === 0 || isPartedFromBoth(typing, scene))) return []
    if (anchored.length === 0) return [{ rule: isIntended ? 'wrong turn' : 'wrong mouth', word: typing.word }]
    const isTheirMouth = anchored.some(({ speaker }) => speaker === place.speaker)
    return [{ rule: isTheirMouth ? 'wrong turn' : 'wrong mouth', word: typing.word }]
  })
}

/** Somebody who had seen the word put it into one half with another one. */
const isKeptWith = (word: string, other: string, { structural }: Scene): boolean =>
  structural.some(
    (deed) => deed.kind === 'split' && [deed.head, deed.tail].some((half) => half.includes(word) && half.includes(other)),
  )

/** Somebody who had seen the word gave it to this speaker. */
const isGivenTo = (word: string, speaker: string | null, { structural }: Scene): boolean =>
  structural.some(
    (deed) =>
      (deed.kind === 'speak' && deed.speaker === speaker && deed.words.includes(word)) ||
      (deed.kind === 'split' && deed.speaker !== null && deed.speaker === speaker && deed.tail.includes(word)),
  )

/** One split put the word, which it had seen, to one side; another one, which had not, was at its very place. */
const isPartedFromBoth = ({ word, left, right }: Typed, { structural }: Scene): boolean => {
  const splits = structural.filter((deed) => deed.kind === 'split')
  const isSeen = (split: Of<'split'>) => split.head.includes(word) || split.tail.includes(word)
  return (
    splits.some(isSeen) &&
    splits.some((split) => !isSeen(split) && split.head.includes(left.at(-1) ?? '') && split.tail.includes(right[0] ?? ''))
  )
}

/**
 * The words on both sides, without those from which somebody parted the word who had seen it, and what lies beyond them.
 * Whoever joined the two again, knowing of it, took that back.
 */
const withoutParted = ({ word, left, right }: Typed, { structural }: Scene): Pick<Typed, 'left' | 'right'> => {
  const joins = structural.filter((deed) => deed.kind === 'join')
  const isParted = (other: string) =>
    structural.some(
      (deed) =>
        deed.kind === 'split' &&
        ((deed.head.includes(word) && deed.tail.includes(other)) || (deed.head.includes(other) && deed.tail.includes(word))) &&
        !joins.some(
          ({ knows, target, joined }) =>
            knows.has(deed.id) && [word, other].every((each) => [...target, ...joined].includes(each)),
        ),
    )
  const end = right.findIndex(isParted)
  return { left: left.slice(left.findLastIndex(isParted) + 1), right: right.slice(0, end < 0 ? right.length : end) }
}

/**
 * What joins put beside a word at the edge of its turn: before one at the front, the words that its turn was joined to;
 * after one at the end, the words that were joined there, if somebody who did not know the word split at that very seam.
 */
const joinedOnto = ({ word, left, right, id }: Typed, scene: Scene): { before: string[][]; after: string[][] } => {
  const stands = (other: string) => scene.standing.has(other)
  const [first, last] = [right.find(stands), left.findLast(stands)]
  const isSplitAtSeam = (before: string | undefined, after: string | undefined) =>
    scene.structural.some(
      (deed) =>
        deed.kind === 'split' && !deed.knows.has(id) && deed.head.findLast(stands) === before && deed.tail.find(stands) === after,
    )
  const joins = scene.structural.filter((deed) => deed.kind === 'join')
  return {
    before: joins.flatMap(({ target, joined }) => {
      const isAtFront = joined.includes(word)
        ? !joined.slice(0, joined.indexOf(word)).some(stands)
        : joined.find(stands) === first
      return last === undefined && first !== undefined && isAtFront ? [[...target]] : []
    }),
    after: joins.flatMap(({ target, joined }) =>
      first === undefined && last !== undefined && target.findLast(stands) === last && isSplitAtSeam(last, joined.find(stands))
        ? [[...joined]]
        : [],
    ),
  }
}

/** The nearest witnesses on both sides of a place, within its turn. */
const besideIn = (place: Place, scene: Scene): [string | undefined, string | undefined] => {
  const inTurn = [...scene.standing]
    .map((word) => ({ word, at: witness(word, scene) }))
    .filter(({ at }) => at?.turn === place.turn)
    .sort((a, b) => (a.at?.nth ?? 0) - (b.at?.nth ?? 0))
  return [
    inTurn.findLast(({ at }) => (at?.nth ?? 0) < place.nth)?.word,
    inTurn.find(({ at }) => (at?.nth ?? 0) > place.nth)?.word,
  ]
}

// What became of acts

type Of<Kind extends Structural['kind']> = Extract<Structural, { kind: Kind }>

/** A deed, and those that it did not know of: who knew it and acted on the same words meant to change it, who did not may conflict. */
type Case<Kind extends Structural> = {
  readonly deed: Kind
  readonly others: readonly Structural[]
  readonly scene: Scene
}

const fateOf = (deed: Structural, scene: Scene): Fate => {
  const others = scene.structural.filter((other) => other !== deed && !deed.knows.has(other.id))
  switch (deed.kind) {
    case 'split':
      return fateOfSplit({ deed, others, scene })
    case 'next':
      return fateOfNext({ deed, others, scene })
    case 'join':
      return fateOfJoin({ deed, others, scene })
    case 'move':
    case 'paste':
      return fateOfMove({ deed, others, scene })
    case 'remove':
      // It conflicts with nothing: where a turn stands, who speaks it and how it is cut is no reason to bring it back.
      return deed.words.some((word) => placesOf(word, scene).length > 0) ? 'lost' : 'stands'
    case 'speak':
      return fateOfSpeaker({ deed, others, scene }, deed.words)
  }
}

const fateOfSplit = (given: Case<Of<'split'>>): Fate => {
  const { deed, others, scene } = given
  const [head, tail] = [witnesses(deed.head, scene), witnesses(deed.tail, scene)]
  const [last, first] = [witness(head.at(-1), scene), witness(tail[0], scene)]
  if (!last || !first) return 'moot'
  if (last.turn === first.turn) {
    const isRejoined = others.some(
      (other) =>
        other.kind === 'join' &&
        ((overlap(other.target, head) && overlap(other.joined, tail)) ||
          (overlap(other.target, tail) && overlap(other.joined, head))),
    )
    return isRejoined || isLinked(given) ? 'gave way' : 'lost'
  }
  return isInPlace(given, tail) ? fateOfSpeaker(given, tail) : 'lost'
}

/** Joins that did not know the split, or knew it and meant to change it, make one turn of its two sides by way of others. */
const isLinked = ({ deed: { head, tail }, others, scene }: Case<Of<'split'>>): boolean => {
  const { fragments } = turnsOf(scene, () => true)
  const stands = (word: string) => scene.standing.has(word)
  const [last, first] = [head.findLast(stands), tail.find(stands)]
  for (const other of others) {
    if (other.kind !== 'join') continue
    const [before, after] = [other.target.findLast(stands), other.joined.find(stands)]
    if (before !== undefined && after !== undefined) fragments.unite(before, after)
  }
  return last !== undefined && first !== undefined && fragments.of(last) === fragments.of(first)
}

const fateOfNext = (given: Case<Of<'next'>>): Fate => {
  const { deed, others, scene } = given
  const begun = witness(deed.word, scene)
  if (!begun) return 'moot'
  const last = witness(witnesses(deed.turn, scene).at(-1), scene)
  if (last?.turn === begun.turn)
    return others.some((other) => other.kind === 'join' && [...other.joined, ...other.target].includes(deed.word))
      ? 'gave way'
      : 'lost'
  return isInPlace(given, [deed.word]) ? fateOfSpeaker(given, [deed.word]) : 'lost'
}

/** It conflicts with what takes the joined turn elsewhere, and with a split at its very seam. */
const fateOfJoin = ({ deed, others, scene }: Case<Of<'join'>>): Fate => {
  const [lastWord = '', firstWord = ''] = [witnesses(deed.target, scene).at(-1), witnesses(deed.joined, scene)[0]]
  const [last, first] = [witness(lastWord, scene), witness(firstWord, scene)]
  if (!last || !first || isPartedFromSeam(deed, lastWord, firstWord, scene)) return 'moot'
  if (last.turn === first.turn && last.nth < first.nth) return 'stands'
  const isTakenElsewhere = others.some((other) => {
    if (other.kind === 'move' || other.kind === 'paste') return other.words.includes(firstWord) && !other.words.includes(lastWord)
    if (other.kind === 'join')
      return (
        (other.joined.includes(firstWord) && (!other.target.includes(lastWord) || endOf(other.target, scene) === first.turn)) ||
        (other.target.includes(firstWord) && other.joined.includes(lastWord))
      )
    return other.kind === 'split' && other.head.includes(lastWord) && other.tail.includes(firstWord)
  })
  return isTakenElsewhere ? 'gave way' : 'lost'
}

/** The words at the seam of a join are gone, and somebody parted those that are left, or what those were joined to, from them. */
const isPartedFromSeam = (join: Of<'join'>, last: string, first: string, scene: Scene): boolean => {
  const { target, joined } = join
  const { standing, structural } = scene
  const others = { ...scene, structural: structural.filter((deed) => deed !== join) }
  const [atEnd, atFront] = [target.findLast((word) => standing.has(word)) ?? '', joined.find((word) => standing.has(word)) ?? '']
  return structural.some(
    (deed) =>
      deed.kind === 'split' &&
      ((deed.head.includes(atFront) && withJoinedBehind(deed.tail, others).includes(first)) ||
        (deed.head.includes(last) && deed.tail.includes(atEnd))),
  )
}

/** The turn that the last of these words shows in. */
const endOf = (words: readonly string[], scene: Scene): number | undefined => witness(witnesses(words, scene).at(-1), scene)?.turn

/** It conflicts with what else takes the same words elsewhere. */
const fateOfMove = (given: Case<Of<'move' | 'paste'>>): Fate => {
  const words = witnesses(given.deed.words, given.scene)
  if (words.length === 0) return 'moot'
  if (!isInPlace(given, words)) return 'lost'
  return isBetween(given, words) ? 'stands' : 'gave way'
}

/** The words have the speaker that the deed gave them, but for those to which somebody else gave another. */
const fateOfSpeaker = ({ deed, others, scene }: Case<Of<'split' | 'next' | 'speak'>>, words: readonly string[]): Fate => {
  const found = witnesses(words, scene)
  if (found.length === 0) return 'moot'
  const { speaker } = deed
  const without =
    deed.kind === 'split' && speaker === null ? [] : found.filter((word) => witness(word, scene)?.speaker !== speaker)
  if (without.length === 0) return 'stands'
  const isContested = (word: string): boolean =>
    scene.structural.some((other) => {
      // Whoever joined it: what was joined to words that somebody else gave away has their speaker.
      if (other.kind === 'join' && other.joined.includes(word)) {
        const last = witnesses(other.target, scene).at(-1) ?? ''
        if (words.includes(last) && !other.joined.includes(last) && isContested(last)) return true
      }
      if (!others.includes(other)) return false
      if (other.kind === 'speak') return other.words.includes(word) && other.speaker !== speaker
      if (other.kind === 'split') return other.speaker !== null && other.speaker !== speaker && other.tail.includes(word)
      if (other.kind !== 'join' || !overlap(other.joined, words)) return false
      const last = witnesses(other.target, scene).at(-1) ?? ''
      if (words.includes(last)) return false
      return other.knows.has(deed.id) || witness(last, scene)?.turn === witness(word, scene)?.turn
    })
  return without.every(isContested) ? 'gave way' : 'lost'
}

/** Whether words stand where the deed put them, but for those that somebody else took elsewhere. */
const isInPlace = (given: Case<Of<'split' | 'next' | 'move' | 'paste'>>, words: readonly string[]): boolean =>
  isBetween(
    given,
    words.filter((word) => !isElsewhere(word, words, given)),
  )

const isElsewhere = (
  word: string,
  own: readonly string[],
  { others, scene }: Pick<Case<Structural>, 'others' | 'scene'>,
): boolean =>
  others.some((other) => {
    if (other.kind === 'move' || other.kind === 'paste') return withJoined(other.words, scene).includes(word)
    return other.kind === 'join' && !overlap(other.target, own) && withJoined(other.joined, scene).includes(word)
  })

/** What was joined to a turn goes with it. */
const withJoined = (words: readonly string[], scene: Scene): readonly string[] => withJoinedTo(words, scene, overlap)

/** What was joined to the end of these words. */
const withJoinedBehind = (words: readonly string[], scene: Scene): readonly string[] =>
  withJoinedTo(words, scene, (target, all) => all.includes(target.findLast((word) => scene.standing.has(word)) ?? ''))

const withJoinedTo = (words: readonly string[], { structural }: Scene, isOnto: typeof overlap): readonly string[] => {
  const joins = structural.filter((deed) => deed.kind === 'join')
  let all = words
  // Joins may hang on one another: as many passes as there are joins settle it.
  for (let pass = 0; pass < joins.length; pass++)
    for (const { target, joined } of joins) if (isOnto(target, all) && !overlap(joined, all)) all = [...all, ...joined]
  return all
}

/** Whether words stand between those that the deed put them between; a turn with words taken elsewhere bears no witness. */
const isBetween = ({ deed, others, scene }: Case<Of<'split' | 'next' | 'move' | 'paste'>>, words: readonly string[]): boolean => {
  const own = witnesses(words, scene).map((word) => witness(word, scene)?.nth ?? 0)
  if (own.length === 0) return true
  const moved = new Set(
    witnesses([...scene.standing], scene)
      .filter((word) => !words.includes(word) && isElsewhere(word, [], { others, scene }))
      .map((word) => witness(word, scene)?.turn),
  )
  const positions = (some: readonly string[]) =>
    witnesses(some, scene).flatMap((word) => {
      const place = witness(word, scene)
      return place && !moved.has(place.turn) ? [place.nth] : []
    })
  return (
    Math.max(-1, ...positions(deed.before)) < Math.min(...own) &&
    Math.min(Number.POSITIVE_INFINITY, ...positions(deed.after)) > Math.max(...own)
  )
}

// Groups of words

const createGroups = () => {
  const parents = new Map<string, string>()
  const of = (word: string): string => {
    const parent = parents.get(word) ?? word
    return parent === word ? word : of(parent)
  }
  return {
    of,
    add: (word: string): void => void parents.set(word, word),
    unite: (a: string, b: string): void => void parents.set(of(b), of(a)),
  }
}

const mostCommon = <Value>(values: readonly Value[]): Value | undefined => {
  const counts = new Map<Value, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0]
}
