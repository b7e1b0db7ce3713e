import { newShow } from '@stet/schema/show'
import type { EditorView } from 'prosemirror-view'
import { describe, expect, it } from 'vitest'
import { type Desk, meet, openDesk } from '../headless-desk.ts'
import type { Choice } from './choice.ts'
import { commandMenu } from './command-menu.ts'
import { cueMenu } from './cue-menu.ts'
import { sourceMenu } from './source-menu.ts'
import { pickSuggestion, suggestionOf, suggestPlugin } from './suggest.ts'

type Writer = Desk & {
  /** Letter by letter, as one types. */
  write: (text: string) => void
  press: (key: string, composing?: boolean) => boolean
  offered: () => string[] | null
  view: EditorView
}

const commandChoices: Choice[] = [
  { id: 'chapter', name: 'New chapter here' },
  { id: 'publish', name: 'Publish' },
]

const openWriter = (): Writer => {
  const added: string[] = []
  const desk: Desk = openDesk(1, undefined, () => [
    suggestPlugin([
      cueMenu(
        () => desk.context(),
        () => newShow('Lantern Radio').cues,
      ),
      sourceMenu(
        () => desk.context(),
        (typed) => desk.script.sources.add({ title: typed }, null, { id: `new${added.push(typed)}` }),
      ),
      commandMenu(() => desk.context(), {
        choices: (query) => commandChoices.filter(({ name }) => name.toLowerCase().includes(query)),
        run: (id) => void (id === 'chapter' && desk.run('insertChapter')),
      }),
    ]),
  ])
  desk.script.speakers.add({ name: 'ada', color: 1 }, null, { id: 'ada' })
  desk.script.sources.add({ title: 'Tide table', publisher: 'Harbour Office' }, null, { id: 's1' })
  desk.script.sources.add({ title: 'Keeper’s log', url: 'https://log.example/1' }, null, { id: 's2' })
  const view = {
    get state() {
      return desk.state()
    },
    dispatch: desk.apply,
    get composing() {
      return desk.composing.is
    },
    editable: true,
  } as unknown as EditorView
  const plugin = desk.state().plugins[0]
  return {
    ...desk,
    view,
    write: (text) => {
      for (const letter of text) desk.type(letter)
    },
    press: (key, composing = false) =>
      plugin?.props.handleKeyDown?.call(plugin, view, { key, isComposing: composing } as KeyboardEvent) === true,
    offered: () => suggestionOf(desk.state())?.choices.map(({ name }) => name) ?? null,
  }
}

const cited = ({ state }: Desk): string[] => {
  const found: string[] = []
  state().doc.descendants((node) => {
    if (node.isText)
      for (const mark of node.marks) if (mark.type.name === 'cite') found.push(`${mark.attrs['source']}: ${node.text}`)
  })
  return found
}

describe('W4: a menu at what one types', () => {
  it('opens at its character, is filtered by what follows, and Enter puts the choice in the place of both', () => {
    const ada = openWriter()
    ada.write('So ')
    ada.write('[')
    expect(ada.offered()?.slice(0, 3)).toEqual(['laughs', 'sighs', 'pause'])
    ada.write('si')
    expect(ada.offered()).toEqual(['sighs', 'music', 'si'])
    expect(ada.press('Enter')).toBe(true)
    expect(ada.lines()).toEqual(['ada: So [sighs]'])
    expect(ada.offered()).toBe(null)
  })

  it('one undo takes the choice back and leaves what was typed', () => {
    const ada = openWriter()
    ada.write('So [si')
    ada.press('Tab')
    ada.run('undo')
    expect(ada.lines()).toEqual(['ada: So [si'])
    expect(ada.offered()).toBe(null)
    ada.run('redo')
    expect(ada.lines()).toEqual(['ada: So [sighs]'])
  })

  it('arrows go round, and Escape leaves what is typed as text', () => {
    const ada = openWriter()
    ada.write('[')
    ada.press('ArrowUp')
    expect(suggestionOf(ada.state())?.active).toBe(5)
    ada.press('ArrowDown')
    ada.press('ArrowDown')
    expect(suggestionOf(ada.state())?.active).toBe(1)
    expect(ada.press('Escape')).toBe(true)
    expect(ada.press('Enter')).toBe(false)
    ada.write('la')
    expect([ada.offered(), ada.lines()]).toEqual([null, ['ada: [la']])
  })

  it('keys are left to an input method while it composes', () => {
    const ada = openWriter()
    ada.write('[')
    ada.composing.is = true
    expect(['Enter', 'ArrowDown', 'Escape', 'Tab'].map((key) => ada.press(key))).toEqual([false, false, false, false])
    ada.composing.is = false
    expect(ada.press('ArrowDown', true)).toBe(false)
  })

  it('stays while a colleague writes elsewhere, and goes when they take its text away', () => {
    const [ada, bo] = [openWriter(), openDesk(2)]
    ada.write('one ')
    ada.run('nextBlock')
    ada.write('two [la')
    meet(ada, bo)
    bo.caret(0, 0)
    bo.type('X')
    bo.caret(1, 0)
    bo.run('nextBlock')
    meet(ada, bo)
    expect(ada.offered()?.[0]).toBe('laughs')
    ada.write('u')
    expect(suggestionOf(ada.state())?.query).toBe('lau')
    meet(ada, bo)
    bo.caret(2, 4, 2, 6)
    bo.run('joinBefore')
    meet(ada, bo)
    expect(ada.offered()).toBe(null)
  })

  it('does not open for what is pasted, undone or typed by a colleague', () => {
    const ada = openWriter()
    ada.apply(ada.state().tr.insertText('a [').setMeta('uiEvent', 'paste'))
    expect(ada.offered()).toBe(null)
    ada.run('undo')
    ada.run('redo')
    expect(ada.offered()).toBe(null)
    const bo = openDesk(2)
    meet(ada, bo)
    bo.caret(0, 3)
    bo.type(' [')
    meet(ada, bo)
    expect(ada.offered()).toBe(null)
  })

  it('closes when the caret leaves, and picks nothing for one who only reads', () => {
    const ada = openWriter()
    ada.write('ab [')
    ada.caret(0, 1)
    expect(ada.offered()).toBe(null)
    const reader = openWriter()
    reader.write('[')
    Object.assign(reader.view, { editable: false })
    pickSuggestion(reader.view, 0)
    expect(reader.lines()).toEqual(['ada: ['])
  })
})

describe('W4: cues', () => {
  it('those of the script come first, the most used before the others', () => {
    const ada = openWriter()
    for (const cue of ['hums', 'coughs', 'hums']) {
      ada.write(`[${cue}`)
      ada.press('ArrowUp')
      ada.press('Enter')
    }
    expect(ada.lines()).toEqual(['ada: [hums][coughs][hums]'])
    ada.write('[')
    expect(ada.offered()?.slice(0, 3)).toEqual(['hums', 'coughs', 'laughs'])
  })

  it('a bracket behind a letter, before a figure or in a capital is a bracket', () => {
    const ada = openWriter()
    ada.write('list[')
    expect(ada.offered()).toBe(null)
    ada.write(' [')
    expect(ada.offered()).not.toBe(null)
    ada.write('1')
    expect(ada.offered()).toBe(null)
    ada.write(' [Sic')
    expect(ada.offered()).toBe(null)
  })

  it('Enter on what is no known cue is Enter', () => {
    const ada = openWriter()
    ada.write('[xylo')
    expect(ada.offered()).toEqual(['xylo'])
    expect(ada.press('Enter')).toBe(false)
  })
})

describe('W5: citing', () => {
  it.each([
    ['title', 'tide', 's1'],
    ['publisher', 'harb', 's1'],
    ['number', '2', 's2'],
    ['address', 'log.ex', 's2'],
  ])('a source is found by its %s and cites the sentence', (_, query, source) => {
    const ada = openWriter()
    ada.write(`First. The tide fell. @${query}`)
    expect(ada.press('Enter')).toBe(true)
    expect(ada.lines()).toEqual(['ada: First. The tide fell. '])
    expect(cited(ada)).toEqual([`${source}: The tide fell.`])
    ada.run('undo')
    expect([cited(ada), ada.lines()]).toEqual([[], [`ada: First. The tide fell. @${query}`]])
  })

  it('inside a sentence the whole of it is cited, and what is cited already is taken off', () => {
    const ada = openWriter()
    ada.write('The tide fell.')
    ada.caret(0, 4)
    ada.write('@')
    expect(ada.press('Enter')).toBe(true)
    expect(cited(ada)).toEqual(['s1: The tide fell.'])
    ada.caret(0, 14)
    ada.write(' @')
    expect(suggestionOf(ada.state())?.choices.map(({ isOn }) => isOn ?? null)).toEqual([true, false, null])
    ada.press('Enter')
    expect(cited(ada)).toEqual([])
  })

  it('behind a cue the sentence before it is meant', () => {
    const ada = openWriter()
    ada.write('The tide fell. [si')
    ada.press('Enter')
    ada.write(' @')
    ada.press('Enter')
    expect(cited(ada)).toEqual(['s1: The tide fell.'])
  })

  it('in an address or a word it is itself', () => {
    const ada = openWriter()
    for (const before of ['ada', 'a.b-', '7', 'É']) {
      ada.write(`${before}@`)
      expect(ada.offered()).toBe(null)
      ada.write(' ')
    }
    ada.write('(@')
    expect(ada.offered()?.length).toBe(3)
  })

  it('a handle is not taken for a source: Enter is Enter, and a space ends it', () => {
    const ada = openWriter()
    ada.write('by @nobody')
    expect(ada.offered()).toEqual(['Add “nobody” as a source'])
    expect(ada.press('Enter')).toBe(false)
    ada.write(' ')
    expect(ada.offered()).toBe(null)
  })

  it('a new source is made when one goes to it, of an address at once, and of one that is there not again', () => {
    const ada = openWriter()
    ada.write('So it was. @Ferry plan')
    expect(ada.offered()).toBe(null)
    ada.write(' @Ferry')
    ada.press('ArrowDown')
    ada.press('Enter')
    expect(cited(ada)).toEqual(['new1: @Ferry plan'])
    ada.write('@')
    ada.apply(ada.state().tr.insertText('https://new.example/a').setMeta('uiEvent', 'paste'))
    expect(ada.offered()).toEqual(['Add “https://new.example/a” as a source'])
    ada.press('Enter')
    expect(ada.script.sources.text('new2', 'title')?.toString()).toBe('https://new.example/a')
    ada.write('@')
    ada.apply(ada.state().tr.insertText('https://log.example/1').setMeta('uiEvent', 'paste'))
    expect(ada.offered()).toEqual(['Keeper’s log'])
  })
})

describe('W6: commands by a slash', () => {
  it('in an empty block it opens, and typing, act and removal of what was typed are one step back', () => {
    const ada = openWriter()
    ada.write('one')
    ada.run('nextBlock')
    ada.write('/chap')
    expect(ada.offered()).toEqual(['New chapter here'])
    ada.press('Enter')
    ada.write('Part')
    expect(ada.lines()).toEqual(['ada: one', 'chapter: Part'])
    ada.run('undo')
    ada.run('undo')
    expect(ada.lines()).toEqual(['ada: one', 'ada: /chap'])
  })

  it('elsewhere, or before what is no command, a slash is a slash', () => {
    const ada = openWriter()
    ada.write('and/')
    expect(ada.offered()).toBe(null)
    ada.run('nextBlock')
    ada.write('/x')
    expect(ada.offered()).toBe(null)
    expect(ada.lines()).toEqual(['ada: and/', 'ada: /x'])
  })
})
