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
  /** Plays the recording from the start of a block; asked for only while there is one. */
  readonly playFrom: (block: string) => void
  readonly canPlay: () => boolean
  readonly isReadOnly: () => boolean
}

/**
 * What stands beside a turn or a chapter: the speaker in their colour, the start, and how many words in what time. The page
 * has elements for it only where one looks. Elsewhere the name alone stands there, as a word of the style sheet: seen, printed
 * and read out like any other, and in the same place, yet the browser, which goes through all that can be edited at each
 * letter, has nothing of it to lay out, paint and count. A keystroke draws none of it, and a pass costs what is in sight.
 */
export const createMargins = (script: Dispatch, times: ScriptTimes, acts: MarginActs) => {
  /** The newest node that each element shows. */
  const nodes = new Map<HTMLElement, Node>()
  const inSight = new Map<HTMLElement, Margin>()
  let drawSoon = () => {}

  const speakerOf = (node: Node) => script.speakers.map.get(String(node.attrs['speaker']))

  /** Of a chapter, nobody. */
  const nameOf = (node: Node): string =>
    node.type.name === 'turn' ? String(speakerOf(node)?.get('name') ?? '') || 'no speaker' : ''

  const drawSpeaker = (dom: HTMLElement, node: Node) => {
    const color = Number(speakerOf(node)?.get('color') ?? 0)
    if (node.type.name === 'turn') dom.style.setProperty('--speaker', color > 0 ? `var(--speaker-${color})` : 'var(--ink-faint)')
    const margin = inSight.get(dom)
    if (margin) margin.drawName(nameOf(node))
    else dom.style.setProperty(NAME, quoted(nameOf(node)))
  }

  const putMargin = (dom: HTMLElement, node: Node): Margin => {
    const margin = createMargin(node.type.name, () => String(nodes.get(dom)?.attrs['id']), acts)
    margin.drawName(nameOf(node))
    dom.style.removeProperty(NAME)
    dom.prepend(margin.dom)
    inSight.set(dom, margin)
    return margin
  }

  /** Answers what shows the start. */
  const drawMargin = (dom: HTMLElement, node: Node): HTMLElement =>
    (inSight.get(dom) ?? putMargin(dom, node)).drawTimes(factsOf(node, times, acts))

  /** What has the focus keeps it. */
  const takeMargin = (dom: HTMLElement, node: Node, margin: Margin) => {
    if (margin.dom.contains(document.activeElement)) return
    margin.dom.remove()
    inSight.delete(dom)
    drawSpeaker(dom, node)
  }

  const draw = (view: EditorView) => {
    const seen = new Set(blocksInSight(view.dom))
    for (const [dom, margin] of inSight) {
      const node = nodes.get(dom)
      if (node && !seen.has(dom)) takeMargin(dom, node, margin)
    }
    for (const dom of seen) {
      const node = nodes.get(dom)
      if (node) drawMargin(dom, node)
    }
  }

  const nodeView = (first: Node): NodeView => {
    let node = first
    const dom = document.createElement('div')
    dom.className = node.type.name
    const contentDOM = document.createElement(node.type.name === 'chapter' ? 'h2' : 'p')
    // A block runs the way its first letter does, whatever the desk around it is written in.
    contentDOM.dir = 'auto'
    dom.append(contentDOM)
    nodes.set(dom, node)
    drawSpeaker(dom, node)
    drawSoon()
    return {
      dom,
      contentDOM,
      update: (next) => {
        if (next.type !== node.type) return false
        const isSame = next.attrs['speaker'] === node.attrs['speaker'] && next.attrs['start'] === node.attrs['start']
        node = next
        nodes.set(dom, node)
        if (!isSame) {
          drawSpeaker(dom, node)
          times.refresh()
        }
        return true
      },
      ignoreMutation: (mutation) => mutation.type !== 'selection' && !contentDOM.contains(mutation.target),
      stopEvent: (event) => inSight.get(dom)?.dom.contains(event.target as globalThis.Node | null) ?? false,
      destroy: () => {
        nodes.delete(dom)
        inSight.delete(dom)
      },
    }
  }

  const drawAsOneLooks = (view: EditorView) => {
    const drawAll = () => draw(view)
    const stopHearing = times.subscribe(drawAll)
    const sight = watchSight(view.dom, drawAll)
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
      for (const [dom, node] of nodes) {
        drawSpeaker(dom, node)
        if (inSight.has(dom)) drawMargin(dom, node)
      }
    },

    /** What a question about the start of a block is to stand by; it is brought into view, and stays while it is there. */
    anchorOf: (block: string): HTMLElement | null => {
      for (const [dom, node] of nodes) {
        if (node.attrs['id'] !== block) continue
        dom.scrollIntoView({ block: 'nearest' })
        return drawMargin(dom, node)
      }
      return null
    },

    plugin: (): Plugin =>
      new Plugin({
        view: (view) => ({ update: followView(view, times), destroy: drawAsOneLooks(view) }),
      }),
  }
}

/** Of what has no margin: who speaks, for the style sheet to show. An attribute would do, at four times the cost of style. */
const NAME = '--name'

/** As a string of CSS. */
const quoted = (text: string): string =>
  `"${text.replaceAll(/["\\\p{Cc}]/gu, (sign) => `\\${sign.codePointAt(0)?.toString(16)} `)}"`

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

/** The elements of one margin. */
const createMargin = (kind: string, block: () => string, acts: MarginActs) => {
  const dom = document.createElement('div')
  dom.className = 'margin'
  dom.contentEditable = 'false'
  const speaker = button('speaker', () => acts.changeSpeaker(block()))
  speaker.title = 'Change the speaker (Tab at the start of the turn)'
  const said = document.createElement('span')
  said.className = 'speaker'
  const times = createTimesRow(
    () => acts.askStart(block()),
    () => acts.playFrom(block()),
  )
  dom.append(times.dom)

  const drawName = (name: string) => {
    if (kind !== 'turn') return
    // Readers see who speaks; there is nothing to press.
    const [holder, other] = acts.isReadOnly() ? [said, speaker] : [speaker, said]
    writeText(holder, name)
    other.remove()
    if (holder.parentElement === null) dom.prepend(holder)
  }
  return { dom, drawName, drawTimes: times.draw }
}

/** Start, words and length of one block, and the way to hear it. */
const createTimesRow = (askStart: () => void, playFrom: () => void) => {
  const dom = document.createElement('div')
  dom.className = 'times'
  const time = document.createElement('time')
  const start = button('start', askStart)
  const play = button('play', playFrom)
  play.textContent = '▸'
  const measure = document.createElement('span')
  measure.className = 'measure'
  dom.append(start, play, measure)
  let drawn: Facts | null = null

  const write = (facts: Facts) => {
    writeText(time, facts.clock)
    writeText(measure, facts.measure)
    // Readers see the time; there is nothing to press.
    const holder = facts.isFixed ? dom : start
    if (time.parentElement !== holder) holder.prepend(time)
    play.hidden = !facts.canPlay
    play.setAttribute('aria-label', `Play from ${facts.clock}`)
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
  readonly canPlay: boolean
}

const STATES = {
  recorded: { name: 'recorded', title: 'Recorded: it stands until it is unlocked' },
  estimated: { name: 'estimated', title: 'Estimated from the words' },
  misplaced: {
    name: 'recorded out of order',
    title: 'Its recorded start does not fit between those around it: this is an estimate',
  },
}

const factsOf = (node: Node, times: ScriptTimes, { isReadOnly, canPlay }: Pick<MarginActs, 'isReadOnly' | 'canPlay'>): Facts => {
  const timing = times.get()?.timeline.get(String(node.attrs['id']))
  return {
    clock: timing === undefined ? '' : formatShortClock(timing.start),
    state: timing?.misplaced ? 'misplaced' : timing?.recorded ? 'recorded' : 'estimated',
    measure: timing === undefined ? '' : measureOf(node, timing.length, times),
    // What stands in an empty script is no block yet: it has no start to record.
    isFixed: isReadOnly() || node.attrs['id'] === '',
    canPlay: canPlay() && timing !== undefined,
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
  a.clock === b.clock && a.state === b.state && a.measure === b.measure && a.isFixed === b.isFixed && a.canPlay === b.canPlay

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
