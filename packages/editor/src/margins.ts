import type { Dispatch } from '@stet/schema/layout/open-dispatch'
import { formatShortClock } from '@stet/schema/timeline'
import type { Node } from 'prosemirror-model'
import { Plugin } from 'prosemirror-state'
import type { EditorView, NodeView } from 'prosemirror-view'
import { blocksInSight, watchSight } from './in-sight.ts'
import type { ScriptTimes } from './script-times.ts'

/** A transaction with this meta redraws what hangs on the roster or on the order of the sources. */
export const REDRAW_MARGINS = 'stet-redraw-margins'

export type MarginActs = {
  readonly changeSpeaker: (block: string) => void
  readonly askStart: (block: string) => void
  readonly isReadOnly: () => boolean
}

/**
 * What stands beside a turn or a chapter: the speaker in their colour, the start, and how many words in what time. Speakers
 * always stand; times are drawn when a new timeline is there, and are there at all only where one looks: a keystroke draws
 * none of it, a pass costs what is in sight, and the browser has no elements to lay out, paint and count that nobody sees.
 */
export const createMargins = (script: Dispatch, times: ScriptTimes, acts: MarginActs) => {
  const margins = new Map<Element, Margin>()
  let inSight: ReadonlySet<Margin> = new Set()
  let drawSoon = () => {}

  const drawTimes = (view: EditorView) => {
    const seen = new Set<Margin>()
    for (const block of blocksInSight(view.dom)) {
      const margin = margins.get(block)
      if (margin) seen.add(margin)
    }
    for (const margin of inSight) if (!seen.has(margin)) margin.takeTimes()
    for (const margin of seen) margin.drawTimes()
    inSight = seen
  }

  const nodeView = (first: Node): NodeView => {
    let node = first
    const dom = document.createElement('div')
    dom.className = node.type.name
    const margin = createMargin(dom, () => node, script, times, acts)
    const contentDOM = document.createElement(node.type.name === 'chapter' ? 'h2' : 'p')
    // A block runs the way its first letter does, whatever the desk around it is written in.
    contentDOM.dir = 'auto'
    dom.append(margin.dom, contentDOM)
    margins.set(dom, margin)
    // Far from the view too, for who hears the script: who speaks stands in every margin from the first.
    margin.drawSpeaker()
    drawSoon()
    return {
      dom,
      contentDOM,
      update: (next) => {
        if (next.type !== node.type) return false
        const isSame = next.attrs['speaker'] === node.attrs['speaker'] && next.attrs['start'] === node.attrs['start']
        node = next
        if (!isSame) {
          margin.drawSpeaker()
          times.refresh()
        }
        return true
      },
      ignoreMutation: (mutation) => mutation.type !== 'selection' && !contentDOM.contains(mutation.target),
      stopEvent: (event) => margin.dom.contains(event.target as globalThis.Node | null),
      destroy: () => void margins.delete(dom),
    }
  }

  const drawAsOneLooks = (view: EditorView) => {
    const draw = () => drawTimes(view)
    const stopHearing = times.subscribe(draw)
    const sight = watchSight(view.dom, draw)
    drawSoon = sight.ask
    return () => {
      stopHearing()
      sight.stop()
    }
  }

  return {
    nodeView,

    /** For what is rare and concerns all: a name, a colour, who may write. */
    drawAll: (): void => {
      for (const margin of margins.values()) margin.drawSpeaker()
      for (const margin of inSight) margin.drawTimes()
    },

    /** What a question about the start of a block is to stand by. */
    anchorOf: (block: string): HTMLElement | null => {
      for (const margin of margins.values()) if (margin.block() === block) return margin.drawTimes()
      return null
    },

    plugin: (): Plugin =>
      new Plugin({
        view: (view) => ({ update: followView(view, times), destroy: drawAsOneLooks(view) }),
      }),
  }
}

/** Hears of every change, and marks the block of the caret. Costs the same in a script of any length. */
const followView = (first: EditorView, times: ScriptTimes) => {
  let here: { readonly block: Node; readonly dom: Element } | null = null
  const mark = (view: EditorView) => {
    const { $head } = view.state.selection
    // An attribute on an element that ProseMirror draws itself would be undone by it, again and again.
    const block = $head.depth > 0 && hasMargin($head.node(1)) ? $head.node(1) : null
    if (block?.attrs['id'] === here?.block.attrs['id'] && here?.dom.isConnected) return
    here?.dom.removeAttribute('data-here')
    const dom = block === null ? null : view.nodeDOM($head.before(1))
    here = block !== null && dom instanceof Element ? { block, dom } : null
    here?.dom.setAttribute('data-here', '')
  }
  times.follow(first.state.doc)
  return (view: EditorView, before: { readonly doc: Node }) => {
    if (view.state.doc !== before.doc) times.follow(view.state.doc)
    mark(view)
  }
}

const hasMargin = ({ type }: Node): boolean => type.name === 'turn' || type.name === 'chapter'

type Margin = ReturnType<typeof createMargin>

/** The elements of one margin, and what is written in them. */
const createMargin = (root: HTMLElement, nodeOf: () => Node, script: Dispatch, times: ScriptTimes, acts: MarginActs) => {
  const block = () => String(nodeOf().attrs['id'])
  const dom = document.createElement('div')
  dom.className = 'margin'
  dom.contentEditable = 'false'
  const speaker = button('speaker', () => acts.changeSpeaker(block()))
  speaker.title = 'Change the speaker (Tab at the start of the turn)'
  if (nodeOf().type.name === 'turn') dom.append(speaker)
  let row: TimesRow | null = null

  return {
    dom,
    block,

    drawSpeaker: (): void => {
      const fields = script.speakers.map.get(String(nodeOf().attrs['speaker']))
      const color = Number(fields?.get('color') ?? 0)
      root.style.setProperty('--speaker', color > 0 ? `var(--speaker-${color})` : 'var(--ink-faint)')
      writeText(speaker, String(fields?.get('name') ?? '') || 'no speaker')
    },

    /** Answers what shows the start. */
    drawTimes: (): HTMLElement => {
      row ??= createTimesRow(() => acts.askStart(block()))
      if (row.dom.parentElement === null) dom.append(row.dom)
      return row.draw(factsOf(nodeOf(), times, acts.isReadOnly()))
    },

    /** They are drawn anew when one looks again. What has the focus keeps it. */
    takeTimes: (): void => {
      if (row === null || row.dom.contains(document.activeElement)) return
      row.dom.remove()
      row = null
    },
  }
}

type TimesRow = ReturnType<typeof createTimesRow>

/** Start, words and length of one block. */
const createTimesRow = (askStart: () => void) => {
  const dom = document.createElement('div')
  dom.className = 'times'
  const time = document.createElement('time')
  const start = button('start', askStart)
  const measure = document.createElement('span')
  measure.className = 'measure'
  dom.append(start, measure)
  let drawn: Facts | null = null

  const write = (facts: Facts) => {
    writeText(time, facts.clock)
    writeText(measure, facts.measure)
    // Readers see the time; there is nothing to press.
    const holder = facts.isFixed ? dom : start
    if (time.parentElement !== holder) holder.prepend(time)
    start.hidden = facts.isFixed || facts.clock === ''
    time.className = facts.state
    time.title = STATES[facts.state].title
    start.setAttribute('aria-label', `Start ${facts.clock}, ${STATES[facts.state].name}`)
  }

  return {
    dom,
    draw: (facts: Facts): HTMLElement => {
      if (drawn === null || !isSame(facts, drawn)) write(facts)
      drawn = facts
      return start.hidden ? time : start
    },
  }
}

type Facts = {
  readonly clock: string
  readonly state: keyof typeof STATES
  readonly measure: string
  readonly isFixed: boolean
}

const STATES = {
  recorded: { name: 'recorded', title: 'Recorded: it stands until it is unlocked' },
  estimated: { name: 'estimated', title: 'Estimated from the words' },
  misplaced: {
    name: 'recorded out of order',
    title: 'Its recorded start does not fit between those around it: this is an estimate',
  },
}

const factsOf = (node: Node, times: ScriptTimes, isReadOnly: boolean): Facts => {
  const timing = times.get()?.timeline.get(String(node.attrs['id']))
  return {
    clock: timing === undefined ? '' : formatShortClock(timing.start),
    state: timing?.misplaced ? 'misplaced' : timing?.recorded ? 'recorded' : 'estimated',
    measure: timing === undefined ? '' : measureOf(node, timing.length, times),
    // What stands in an empty script is no block yet: it has no start to record.
    isFixed: isReadOnly || node.attrs['id'] === '',
  }
}

/** `56 words · 0:21`; of a chapter, the time alone. */
const measureOf = (node: Node, length: number, times: ScriptTimes): string => {
  const time = formatShortClock(Math.round(length))
  if (node.type.name === 'chapter') return time
  const { words } = times.read(node)
  return `${words} ${words === 1 ? 'word' : 'words'} · ${time}`
}

const isSame = (a: Facts, b: Facts): boolean =>
  a.clock === b.clock && a.state === b.state && a.measure === b.measure && a.isFixed === b.isFixed

const writeText = (element: HTMLElement, text: string): void => {
  if (element.textContent !== text) element.textContent = text
}

const button = (name: string, onPress: () => void): HTMLButtonElement => {
  const element = document.createElement('button')
  element.type = 'button'
  // Reached by keys of the script instead: a stop or two for each turn would bar the way through the page.
  element.tabIndex = -1
  element.className = name
  element.addEventListener('click', onPress)
  return element
}
