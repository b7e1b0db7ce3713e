import { TextSelection } from 'prosemirror-state'
import type { DecorationSet, EditorView } from 'prosemirror-view'
import { describe, expect, it } from 'vitest'
import { type Desk, meet, openDesk, twoHosts } from '../headless-desk.ts'
import { languageOf } from '../language.ts'
import { scriptSchema } from '../script-schema.ts'
import { allMatches, type FindQuery, findPlugin, foundIn, goToMatch, setFindQuery } from './find.ts'
import { replaceAll, replaceMatch } from './replace.ts'

type Searcher = Desk & { find: (text: string, options?: Partial<FindQuery>) => string[]; view: EditorView; count: () => string }

const plain: Omit<FindQuery, 'text'> = { matchCase: false, wholeWord: false, speaker: null }

const searching = (...lines: readonly string[]): Searcher => {
  const desk: Desk = openDesk(1, undefined, () => [findPlugin(() => languageOf(desk.script))])
  desk.script.speakers.add({ name: 'ada', color: 1 }, null, { id: 'ada' })
  desk.script.speakers.add({ name: 'bo', color: 2 }, null, { id: 'bo' })
  for (const line of lines) {
    desk.run('nextBlock')
    for (const part of line.split(/(\[.*?\])/)) {
      const cue = /^\[(.*)\]$/.exec(part)?.[1]
      if (cue !== undefined) desk.apply(desk.state().tr.replaceSelectionWith(scriptSchema.node('cue', { cue }), false))
      else if (part !== '') desk.type(part)
    }
  }
  const view = {
    get state() {
      return desk.state()
    },
    dispatch: desk.apply,
    hasFocus: () => false,
  } as unknown as EditorView
  return {
    ...desk,
    view,
    find: (text, options = {}) => {
      setFindQuery(view, { ...plain, text, ...options })
      const { doc } = desk.state()
      return allMatches(desk.state()).map(({ from, to }) => doc.textBetween(from, to, '|'))
    },
    count: () => {
      const found = foundIn(desk.state())
      return found ? `${found.current + 1} of ${found.count}` : ''
    },
  }
}

describe('W7: find', () => {
  it('finds in every turn, whatever the case, or in the case asked for', () => {
    const ada = searching('The tide and the Tide', 'low tide')
    expect(ada.find('tide')).toEqual(['tide', 'Tide', 'tide'])
    expect(ada.find('Tide', { matchCase: true })).toEqual(['Tide'])
    expect(ada.find('')).toEqual([])
  })

  it('finds whole words, and parts of words where a language puts no spaces between them', () => {
    const ada = searching('art, party and “art”', 'état d’art artéfact', '東京湾の潮')
    expect(ada.find('art', { wholeWord: true })).toEqual(['art', 'art', 'art'])
    expect(ada.find('東京', { wholeWord: true })).toEqual(['東京'])
  })

  it('finds in the turns of one speaker', () => {
    const ada = searching('a tide', 'b tide', 'c tide')
    expect(ada.find('tide', { speaker: 'bo' })).toEqual(['tide'])
    expect(allMatches(ada.state())[0]?.from).toBe(ada.state().doc.child(0).nodeSize + 3)
  })

  it('one way of writing a letter finds the other, and no letter is parted from its accent', () => {
    const ada = searching('cafe\u0301 and caf\u00e9', 'x\u0302 x')
    expect(ada.find('caf\u00e9')).toEqual(['cafe\u0301', 'caf\u00e9'])
    expect(ada.find('cafe')).toEqual([])
    expect(ada.find('x')).toEqual(['x'])
  })

  it('cases follow the language of the dispatch', () => {
    const ada = searching('İstanbul ISPARTA', 'ΟΔΟΣ')
    ada.script.setMeta({ language: 'tr' }, null)
    expect(ada.find('i')).toEqual(['İ'])
    expect(ada.find('ısparta')).toEqual(['ISPARTA'])
    expect(ada.find('οδος')).toEqual(['ΟΔΟΣ'])
    ada.script.setMeta({ language: 'not a tag' }, null)
    expect(ada.find('isparta')).toEqual(['ISPARTA'])
    expect(ada.find('stanbul')).toEqual(['stanbul'])
  })

  it('quotes of any shape are the same, and no emoji is cut', () => {
    const ada = searching('it’s “so”', '👩‍🚀 👩')
    expect(ada.find(`it's "so"`)).toEqual(['it’s “so”'])
    expect(ada.find('👩')).toEqual(['👩'])
  })

  it('words are found across a cue, and a cue by its name', () => {
    const ada = searching('but the [pause] tide [laughs][sighs] came')
    expect(ada.find('the tide came').length).toBe(1)
    const [match] = allMatches(ada.state())
    expect(ada.state().doc.textBetween(match?.from ?? 0, match?.to ?? 0, '', '_')).toBe('the _ tide __ came')
    expect(ada.find('augh')).toEqual(['[laughs]'])
  })

  it('goes on from where one is, round the ends, and selects', () => {
    const ada = searching('tide one', 'tide two', 'tide three')
    ada.caret(1, 0)
    ada.find('tide')
    expect(ada.count()).toBe('2 of 3')
    goToMatch(ada.view, 1)
    expect(ada.count()).toBe('3 of 3')
    goToMatch(ada.view, 1)
    expect(ada.count()).toBe('1 of 3')
    goToMatch(ada.view, -1)
    expect(ada.count()).toBe('3 of 3')
    const { from, to } = ada.state().selection
    expect(ada.state().doc.textBetween(from, to)).toBe('tide')
  })

  it('follows what anyone writes, and stays at its match', () => {
    const [ada, bo] = [searching('tide one', 'tide two'), openDesk(2)]
    ada.caret(1, 0)
    ada.find('tide')
    meet(ada, bo)
    bo.caret(0, 0)
    bo.type('tide ')
    meet(ada, bo)
    expect(ada.count()).toBe('3 of 3')
    ada.caret(0, 0)
    ada.type('tid')
    expect(ada.count()).toBe('3 of 3')
    ada.type('e')
    expect(ada.count()).toBe('4 of 4')
  })
})

describe('W7: replace', () => {
  it('one match, and on to the next', () => {
    const ada = searching('tide tide', 'tide')
    ada.caret(0, 0)
    ada.find('tide')
    replaceMatch(ada.context(), 'tide table')
    expect(ada.lines()).toEqual(['ada: tide table tide', 'bo: tide'])
    expect(ada.count()).toBe('2 of 3')
    replaceMatch(ada.context(), '')
    expect(ada.lines()).toEqual(['ada: tide table ', 'bo: tide'])
    ada.run('undo')
    expect(ada.lines()).toEqual(['ada: tide table tide', 'bo: tide'])
  })

  it('all at once, as one step back', () => {
    const ada = searching('tide and Tide', 'tide [tide bell] x')
    ada.find('tide')
    expect(replaceAll(ada.context(), 'ebb')).toBe(4)
    expect(ada.lines()).toEqual(['ada: ebb and ebb', 'bo: ebb [ebb bell] x'])
    expect(ada.count()).toBe('0 of 0')
    ada.run('undo')
    expect(ada.lines()).toEqual(['ada: tide and Tide', 'bo: tide [tide bell] x'])
    ada.run('redo')
    expect(ada.lines()).toEqual(['ada: ebb and ebb', 'bo: ebb [ebb bell] x'])
  })

  it('all at once is one update, in turns that were joined and moved too', () => {
    const ada = searching('tide one tide', 'two [tide bell] tide', 'tide three')
    ada.caret(1, 0)
    ada.run('joinBefore')
    ada.caret(1, 0)
    ada.run('moveUp')
    expect(ada.lines()).toEqual(['ada: tide three', 'ada: tide one tidetwo [tide bell] tide'])
    let updates = 0
    ada.script.doc.on('update', () => updates++)
    ada.find('tide')
    expect(replaceAll(ada.context(), 'ebb')).toBe(5)
    expect(ada.lines()).toEqual(['ada: ebb three', 'ada: ebb one ebbtwo [ebb bell] ebb'])
    expect(updates).toBe(1)
    ada.run('undo')
    expect(ada.lines()).toEqual(['ada: tide three', 'ada: tide one tidetwo [tide bell] tide'])
  })

  it('what replaces rests on what the old words rested on, and cues among them stay', () => {
    const ada = searching('the low [pause] tide fell')
    const { tr } = ada.state()
    const mark = (name: string, attrs = {}) => scriptSchema.mark(name, attrs)
    ada.apply(
      tr
        .addMark(5, 9, mark('cite', { source: 's1' }))
        .addMark(5, 8, mark('strong'))
        .addMark(10, 15, mark('cite', { source: 's2' })),
    )
    ada.find('low tide')
    replaceAll(ada.context(), 'ebb')
    expect(ada.lines()).toEqual(['ada: the ebb[pause] fell'])
    const cited = ada.state().doc.firstChild?.child(1)
    expect([cited?.text, cited?.marks.map(({ type, attrs }) => attrs['source'] ?? type.name)]).toEqual([
      'ebb',
      ['strong', 's1', 's2'],
    ])
  })

  it('letters that a colleague typed beside a match meanwhile stay', () => {
    const [ada, bo] = [searching('low tide now', 'tide'), openDesk(2)]
    meet(ada, bo)
    bo.caret(0, 8)
    bo.type('s')
    ada.find('tide')
    replaceAll(ada.context(), 'water')
    meet(ada, bo)
    expect(ada.lines()).toEqual(['ada: low waters now', 'bo: water'])
    expect(bo.lines()).toEqual(ada.lines())
  })

  it('nothing is replaced for one who only reads', () => {
    const ada = searching('tide')
    ada.find('tide')
    ada.readOnly.is = true
    replaceAll(ada.context(), 'x')
    replaceMatch(ada.context(), 'x')
    expect(ada.lines()).toEqual(['ada: tide'])
  })
})

it('W7: of the thousands of matches in a long script only those around are highlighted, and all are counted', () => {
  const ada = searching('x')
  const words = Array.from({ length: 40 }, (_, nth) => ['tide', 'the', 'keeper', 'light', 'said'][nth % 5]).join(' ')
  const blocks = Array.from({ length: 750 }, (_, nth) =>
    scriptSchema.node('turn', { id: `b${nth}`, speaker: 'ada' }, [scriptSchema.text(`${words} ${nth}`)]),
  )
  let state = ada.state().apply(ada.state().tr.replaceWith(0, ada.state().doc.content.size, blocks))
  state = state.apply(state.tr.setSelection(TextSelection.atStart(state.doc)))
  const view = {
    get state() {
      return state
    },
    dispatch: (transaction: typeof state.tr) => (state = state.apply(transaction)),
    hasFocus: () => false,
  } as unknown as EditorView
  const ask = (text: string) => {
    setFindQuery(view, { ...plain, text })
    const highlights = state.plugins[0]?.props.decorations?.call(state.plugins[0], state) as DecorationSet
    return { count: foundIn(state)?.count, from: highlights.find().at(0)?.from ?? 0, highlighted: highlights.find().length }
  }
  expect(ask('tide')).toEqual({ count: 6_000, from: 1, highlighted: 152 })
  expect(ask('e').count).toBe(30_000)
  goToMatch(view, -1)
  const { count, highlighted, from } = ask('e')
  expect([count, highlighted < 400, from > state.doc.content.size * 0.9]).toEqual([30_000, true, true])
})

it('a search of an empty script finds nothing and breaks nothing', () => {
  const ada = searching()
  expect(ada.find('x')).toEqual([])
  goToMatch(ada.view, 1)
  expect(replaceMatch(ada.context(), 'y')).toBe(false)
  expect(twoHosts().lines().length).toBe(2)
})
