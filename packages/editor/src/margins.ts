import type { Dispatch } from '@stet/schema/layout/open-dispatch'
import { formatShortClock } from '@stet/schema/timeline'
import type { Node } from 'prosemirror-model'
import { Plugin } from 'prosemirror-state'
import type { EditorView, NodeView } from 'prosemirror-view'
import type { ScriptTimes } from './script-times.ts'

/** A transaction with this meta redraws what hangs on the roster or on the order of the sources. */
export const REDRAW_MARGINS = 'stet-redraw-margins'

export type MarginActs = {
  readonly changeSpeaker: (block: string) => void
  readonly askStart: (block: string) => void
  readonly isReadOnly: () => boolean
}

/** `scrollMargin` is for scrollers within the page; where it is not known, a margin is drawn as it comes into view. */
const A_SCREEN_AHEAD = { rootMargin: '100% 0px', scrollMargin: '100% 0px' }

/**
 * What stands beside a turn or a chapter: the speaker in their colour, the start, and how many words in what time. It is
 * drawn on the node views themselves when a new timeline is there, and only where one looks: a keystroke draws none of
 * it, and a pass costs what is in view, not what there is.
 */
export const createMargins = (script: Dispatch, times: ScriptTimes, acts: MarginActs) => {
  const margins = new Map<Element, Margin>()
  const inView = new Set<Margin>()
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const margin = margins.get(target)
        if (margin === undefined) continue
        if (!isIntersecting) inView.delete(margin)
        else {
          inView.add(margin)
          margin.draw()
        }
      }
    },
    { ...A_SCREEN_AHEAD },
  )
  const stop = times.subscribe(() => {
    for (const margin of inView) margin.draw()
  })

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
    watcher.observe(dom)
    // Far from the view too, for who hears the script: who speaks stands in every margin from the first.
    margin.draw()
    return {
      dom,
      contentDOM,
      update: (next) => {
        if (next.type !== node.type) return false
        const isSame = next.attrs['speaker'] === node.attrs['speaker'] && next.attrs['start'] === node.attrs['start']
        node = next
        if (!isSame) {
          margin.draw()
          times.refresh()
        }
        return true
      },
      ignoreMutation: (mutation) => mutation.type !== 'selection' && !contentDOM.contains(mutation.target),
      stopEvent: (event) => margin.dom.contains(event.target as globalThis.Node | null),
      destroy: () => {
        watcher.unobserve(dom)
        margins.delete(dom)
        inView.delete(margin)
      },
    }
  }

  return {
    nodeView,

    /** For what is rare and concerns all: a name, a colour, who may write. */
    drawAll: (): void => {
      for (const margin of margins.values()) margin.draw()
    },

    /** What a question about the start of a block is to stand by. */
    anchorOf: (block: string): HTMLElement | null => {
      for (const margin of margins.values()) {
        if (margin.block() !== block) continue
        margin.draw()
        return margin.anchor()
      }
      return null
    },

    plugin: (): Plugin => new Plugin({ view: (view) => followView(view, times) }),

    destroy: (): void => {
      stop()
      watcher.disconnect()
    },
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
  return {
    update: (view: EditorView, before: { readonly doc: Node }) => {
      if (view.state.doc !== before.doc) times.follow(view.state.doc)
      mark(view)
    },
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
  const row = document.createElement('div')
  row.className = 'times'
  const time = document.createElement('time')
  const start = button('start', () => acts.askStart(block()))
  const measure = document.createElement('span')
  measure.className = 'measure'
  row.append(start, measure)
  if (nodeOf().type.name === 'turn') dom.append(speaker)
  dom.append(row)

  let drawn: Facts | null = null
  const draw = () => {
    const facts = factsOf(nodeOf(), script, times, acts.isReadOnly())
    if (drawn !== null && isSame(facts, drawn)) return
    drawn = facts
    write(speaker, facts.name === '' ? 'no speaker' : facts.name)
    root.style.setProperty('--speaker', facts.color > 0 ? `var(--speaker-${facts.color})` : 'var(--ink-faint)')
    write(time, facts.clock)
    write(measure, facts.measure)
    // Readers see the time; there is nothing to press.
    const holder = facts.isFixed ? row : start
    if (time.parentElement !== holder) holder.prepend(time)
    start.hidden = facts.isFixed || facts.clock === ''
    time.className = facts.state
    time.title = STATES[facts.state].title
    start.setAttribute('aria-label', `Start ${facts.clock}, ${STATES[facts.state].name}`)
  }
  return { dom, draw, block, anchor: (): HTMLElement => (start.hidden ? time : start) }
}

type Facts = {
  readonly name: string
  readonly color: number
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

const factsOf = (node: Node, script: Dispatch, times: ScriptTimes, isReadOnly: boolean): Facts => {
  const speaker = script.speakers.map.get(String(node.attrs['speaker']))
  const timing = times.get()?.timeline.get(String(node.attrs['id']))
  return {
    name: String(speaker?.get('name') ?? ''),
    color: Number(speaker?.get('color') ?? 0),
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
  a.name === b.name &&
  a.color === b.color &&
  a.clock === b.clock &&
  a.state === b.state &&
  a.measure === b.measure &&
  a.isFixed === b.isFixed

const write = (element: HTMLElement, text: string): void => {
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
