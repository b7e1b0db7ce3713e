import type { Act } from './port.ts'

/** An act of one of two people who have not heard of each other; or `all meet`, after which a new round begins. */
export type Move = readonly [replica: 0 | 1, act: Act] | 'all meet'

/** Bad outcomes found by random traces, at their smallest. On five turns of four words, see `FIVE_TURNS`. */
export type Scenario = {
  readonly name: string
  readonly moves: readonly Move[]
}

/** The offset of a gap between words of two letters, as those of the first two turns are. */
const at = (gap: number) => gap * 3

const split = (turn: number, gap: number, speaker: 'keep' | 'other'): Act => ({ kind: 'split', turn, offset: at(gap), speaker })
const type = (turn: number, offset: number, text: string): Act => ({ kind: 'type', turn, offset, text })
const next = (turn: number, text: string): Act => ({ kind: 'next', turn, text })
const join = (turn: number): Act => ({ kind: 'join', turn })

export const scenarios: readonly Scenario[] = [
  {
    name: 'a turn joined to one that is split meanwhile follows its tail',
    moves: [
      [0, split(0, 2, 'keep')],
      [1, join(1)],
    ],
  },
  {
    name: 'a change of speaker reaches both halves of a turn that is split meanwhile',
    moves: [
      [0, split(0, 2, 'keep')],
      [1, { kind: 'speak', turn: 0 }],
    ],
  },
  {
    name: 'a tail that is given to the other speaker is theirs to its end, though it is split again meanwhile',
    moves: [
      [0, split(0, 1, 'other')],
      [1, split(0, 3, 'keep')],
    ],
  },
  {
    name: 'two people who split at one point, one of them to the other speaker, give the tail to that speaker',
    moves: [
      [0, split(0, 2, 'other')],
      [1, split(0, 2, 'keep')],
    ],
  },
  {
    name: 'a turn that is moved takes along the half that is split off meanwhile',
    moves: [
      [0, split(0, 2, 'keep')],
      [1, { kind: 'move', turn: 0, before: 3 }],
    ],
  },
  {
    name: 'a turn that is removed stays removed, both halves, though it is split meanwhile',
    moves: [
      [0, split(0, 2, 'other')],
      [1, { kind: 'remove', turn: 0 }],
    ],
  },
  {
    name: 'what is typed at the end of a half turn stays in it, though a next turn is begun there meanwhile',
    moves: [[0, split(0, 2, 'other')], 'all meet', [0, next(0, 'x ')], [1, type(0, at(2), 'y ')]],
  },
  {
    name: 'a next turn after a joined one stands after the half of it that is split off meanwhile',
    moves: [
      [0, join(1)],
      [0, next(0, 'x ')],
      [1, split(1, 2, 'other')],
    ],
  },
  {
    name: 'what is typed at the end of a turn stays there, though the next is joined to it and split off again meanwhile',
    moves: [
      [0, join(1)],
      [0, split(0, 4, 'other')],
      [1, type(0, at(4), 'y ')],
    ],
  },
  {
    name: 'what is typed into a turn that is cut and pasted elsewhere goes along',
    moves: [
      [0, { kind: 'paste', turn: 0, before: 3 }],
      [1, type(0, at(2), 'y ')],
    ],
  },
  {
    name: 'a turn that two people cut and paste stands once',
    moves: [
      [0, { kind: 'paste', turn: 0, before: 3 }],
      [1, { kind: 'paste', turn: 0, before: 4 }],
    ],
  },
  {
    name: 'a turn that is removed stays removed, though it is cut and pasted meanwhile',
    moves: [
      [0, { kind: 'remove', turn: 0 }],
      [1, { kind: 'paste', turn: 0, before: 3 }],
    ],
  },
  {
    name: 'what is typed at the end of a turn stays there, though the next is joined to it meanwhile',
    moves: [
      [0, join(1)],
      [1, type(0, at(4), 'y ')],
    ],
  },
  {
    name: 'what is typed at the point of a split stays beside a word it was typed between',
    moves: [
      [0, split(0, 2, 'other')],
      [1, type(0, at(2), 'y ')],
    ],
  },
  {
    name: 'a join to a turn that is removed meanwhile keeps the words of the one joined',
    moves: [
      [0, join(1)],
      [1, { kind: 'remove', turn: 0 }],
    ],
  },
  {
    name: 'a turn that is removed stays removed, though it is moved meanwhile',
    moves: [
      [0, { kind: 'remove', turn: 0 }],
      [1, { kind: 'move', turn: 0, before: 3 }],
    ],
  },
  {
    name: 'a split leaves the tail behind the head, in a turn that was moved, joined and moved again',
    moves: [
      [0, { kind: 'move', turn: 0, before: 2 }],
      [0, join(1)],
      [0, { kind: 'move', turn: 0, before: 3 }],
      [0, split(2, 6, 'keep')],
    ],
  },
  {
    name: 'a turn that is moved takes along the half that is split off meanwhile, also of what was joined to it',
    moves: [[0, join(1)], 'all meet', [0, { kind: 'move', turn: 0, before: 3 }], [1, split(0, 6, 'keep')]],
  },
  {
    name: 'a change of speaker reaches both halves of a turn that is split meanwhile, also in what was joined to it',
    moves: [[0, join(1)], 'all meet', [0, { kind: 'speak', turn: 0 }], [1, split(0, 6, 'keep')]],
  },
  {
    name: 'a turn that two people split at one point goes where one of them moves it, with all its words',
    moves: [
      [0, split(0, 2, 'keep')],
      [0, { kind: 'move', turn: 1, before: 4 }],
      [1, split(0, 2, 'keep')],
    ],
  },
  {
    name: 'a next turn after the second half of a split turn stays after it, though a turn is moved in between the halves meanwhile',
    moves: [[0, split(0, 2, 'keep')], 'all meet', [0, { kind: 'move', turn: 2, before: 1 }], [1, next(1, 'x ')]],
  },
  {
    name: 'what is typed at the front of a tail stays with it, though somebody else splits at the same point',
    moves: [
      [0, split(0, 2, 'keep')],
      [0, type(1, 0, 'x ')],
      [1, split(0, 2, 'other')],
    ],
  },
  {
    name: 'a split that is joined back leaves nothing behind: a later split of the turn keeps its speaker',
    moves: [
      [0, split(0, 1, 'other')],
      [0, join(1)],
      [0, split(0, 2, 'keep')],
    ],
  },
  {
    name: 'a change of speaker of a piece of a turn leaves the piece after it alone',
    moves: [[0, split(0, 1, 'other')], [1, split(0, 2, 'keep')], 'all meet', [0, { kind: 'speak', turn: 1 }]],
  },
  {
    name: 'a split of a joined turn leaves the tail behind the head, though the turn that was joined is split meanwhile',
    moves: [
      [0, join(1)],
      [0, split(0, 6, 'keep')],
      [1, split(1, 1, 'keep')],
    ],
  },
  {
    name: 'what is typed into a turn that is removed and split meanwhile is flagged to everyone',
    moves: [
      [0, { kind: 'remove', turn: 0 }],
      [1, type(0, at(1), 'y ')],
      [1, split(0, 1, 'other')],
    ],
  },
  {
    name: 'a turn can be moved in between the halves of a turn that was moved before it was split',
    moves: [
      [0, { kind: 'move', turn: 0, before: 2 }],
      [0, split(1, 1, 'keep')],
      [0, { kind: 'move', turn: 0, before: 2 }],
    ],
  },
  {
    name: 'what is typed at the end of a head stays with it, though somebody else splits at the same point',
    moves: [
      [0, split(0, 2, 'keep')],
      [0, type(0, at(2), 'x ')],
      [1, split(0, 2, 'other')],
    ],
  },
  {
    name: 'a turn that was moved can be split, and its tail again, each tail behind its head',
    moves: [
      [0, { kind: 'move', turn: 0, before: 2 }],
      [0, split(1, 1, 'keep')],
      [0, split(2, 1, 'keep')],
    ],
  },
  {
    name: 'a turn that was joined can be split at the seam, and the tail twice more, each tail behind its head',
    moves: [
      [0, join(1)],
      [0, split(0, 4, 'keep')],
      [0, split(1, 1, 'keep')],
      [0, split(2, 1, 'other')],
    ],
  },
  {
    name: 'replicas agree on a half that is split off, cut, pasted and joined while the whole is removed',
    moves: [
      [0, { kind: 'remove', turn: 1 }],
      [1, split(1, 2, 'keep')],
      [1, { kind: 'paste', turn: 2, before: 1 }],
      [1, join(1)],
    ],
  },
  {
    name: 'two people split at one point: what one typed at the front of the tail and what the other typed at the end of the head stay there',
    moves: [
      [0, split(0, 2, 'keep')],
      [0, type(1, 0, 'x ')],
      [1, split(0, 2, 'other')],
      [1, type(0, at(2), 'y ')],
    ],
  },
  {
    name: 'what one typed and split off behind stays before the split, though somebody else split there and wrote at the front of the tail',
    moves: [
      [0, split(0, 2, 'other')],
      [0, type(1, 0, 'x ')],
      [1, type(0, at(2), 'y ')],
      [1, { kind: 'split', turn: 0, offset: at(2) + 2, speaker: 'other' }],
    ],
  },
  {
    name: 'what one typed and split off before stays behind the split, what somebody else typed at the end of the head before it',
    moves: [
      [0, type(0, at(2), 'x ')],
      [0, split(0, 2, 'keep')],
      [1, split(0, 2, 'keep')],
      [1, type(0, at(2), 'y ')],
    ],
  },
  {
    name: 'halves that were split by two and written on by both read on, word by word, when they are joined again',
    moves: [
      [0, split(0, 2, 'keep')],
      [0, type(1, 0, 'x ')],
      [1, split(0, 2, 'keep')],
      [1, type(0, at(2), 'y ')],
      'all meet',
      [0, type(0, at(2) + 2, 't ')],
      [0, type(0, at(2) + 2, 'v ')],
      [0, type(1, 0, 'w ')],
      [0, join(1)],
      [1, type(1, 2, 'z ')],
      'all meet',
      [1, { kind: 'split', turn: 0, offset: at(2) + 6, speaker: 'other' }],
      [1, { kind: 'split', turn: 0, offset: at(2) + 2, speaker: 'keep' }],
      [1, { kind: 'split', turn: 1, offset: 2, speaker: 'other' }],
      [1, { kind: 'move', turn: 1, before: 0 }],
    ],
  },
  {
    name: 'what is typed at the end of a head stays with it, though somebody else comes to split there in two steps',
    moves: [
      [0, split(0, 1, 'keep')],
      [0, split(1, 1, 'keep')],
      [1, split(0, 2, 'keep')],
      [1, type(0, at(2), 'y ')],
    ],
  },
  {
    name: 'what is typed at the end of a head stays with it, though somebody else splits there after a split that they took back',
    moves: [
      [0, split(0, 1, 'keep')],
      [0, join(1)],
      [0, split(0, 2, 'keep')],
      [1, split(0, 2, 'other')],
      [1, type(0, at(2), 'y ')],
    ],
  },
  {
    name: 'a half goes where it is moved with what was joined to it, though the whole it was split from is removed meanwhile',
    moves: [
      [0, split(0, 1, 'other')],
      [0, join(2)],
      [0, { kind: 'paste', turn: 1, before: 4 }],
      [1, { kind: 'remove', turn: 0 }],
    ],
  },
  {
    name: 'a split in a joined turn parts what was joined behind it, though the joined turn is removed meanwhile',
    moves: [
      [0, join(1)],
      [0, join(1)],
      [0, split(0, 6, 'other')],
      [1, { kind: 'remove', turn: 1 }],
    ],
  },
  {
    name: 'a next turn stands behind both halves of a turn that is split meanwhile, in what was joined to it and moved by others',
    moves: [
      [0, { kind: 'paste', turn: 1, before: 4 }],
      [1, join(1)],
      'all meet',
      [0, next(0, 'x ')],
      [0, next(0, 'y ')],
      [1, split(0, 6, 'other')],
    ],
  },
  {
    name: 'two people who split at one point give the tail to the other speaker, though one of them had joined the turn to another',
    moves: [
      [0, { kind: 'paste', turn: 4, before: 0 }],
      [0, join(4)],
      [0, { kind: 'split', turn: 3, offset: 18, speaker: 'keep' }],
      [1, { kind: 'move', turn: 3, before: 2 }],
      [1, { kind: 'split', turn: 2, offset: 4, speaker: 'other' }],
    ],
  },
  {
    name: 'what is typed at the front of a tail may follow the head that it was joined to, though somebody else splits there',
    moves: [
      [0, split(0, 2, 'keep')],
      [0, type(1, 0, 'x ')],
      [0, join(1)],
      [1, split(0, 2, 'other')],
    ],
  },
  {
    name: 'a split gives way to two joins that make one turn of its halves by way of another',
    moves: [
      [0, split(0, 2, 'other')],
      [0, { kind: 'move', turn: 0, before: 3 }],
      [0, join(2)],
      [1, join(1)],
    ],
  },
  {
    name: 'a turn can be joined to what is left of a block that a removed half lies with',
    moves: [
      [0, split(1, 1, 'keep')],
      [0, join(1)],
      [1, { kind: 'remove', turn: 1 }],
      'all meet',
      [0, join(1)],
      [0, split(0, 6, 'other')],
    ],
  },
  {
    name: 'what was joined to a turn follows its second half where somebody split it meanwhile, though that is removed',
    moves: [
      [0, split(1, 2, 'other')],
      [0, { kind: 'remove', turn: 1 }],
      [0, { kind: 'remove', turn: 1 }],
      [1, join(2)],
      [1, join(1)],
    ],
  },
]
