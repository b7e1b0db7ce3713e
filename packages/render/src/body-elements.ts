import type { Timing } from '@stet/schema/lay-timeline'
import type { Block, Snapshot, Turn } from '@stet/schema/snapshot'
import { timelineOf } from '@stet/schema/timeline'
import type { Element, ElementContent } from 'hast'
import { h } from 'hastscript'
import { anchorsOf } from './anchors.ts'
import { clockElement } from './clock-element.ts'
import { element } from './element.ts'
import { inlineElements } from './inline-elements.ts'
import type { Reference } from './references.ts'

/** The script of a dispatch or the text of an essay; what a draft has left empty is not shown. */
export const bodyElements = (snapshot: Snapshot, reference: Reference): Element[] => {
  const anchors = anchorsOf(snapshot.body)
  const timeline = timelineOf(snapshot)
  const elements: Element[] = []
  for (const block of snapshot.body) {
    if (block.content.length === 0) continue
    const anchor = anchors.get(block.id) ?? ''
    const words = inlineElements(block.content, { sources: snapshot.sources, reference, anchor })
    const made =
      block.kind === 'turn'
        ? turnElement(block, words, snapshot, anchor, timeline.get(block.id))
        : blockElement(block, words, anchor)
    const before = elements.at(-1)
    if (made.tagName !== 'li') elements.push(made)
    else if (before?.tagName === 'ul') before.children.push(made)
    else elements.push(h('ul', made))
  }
  return elements
}

const blockElement = (block: Exclude<Block, Turn>, words: ElementContent[], id: string): Element => {
  switch (block.kind) {
    case 'chapter':
      return h('h2', { id }, words)
    case 'heading':
      return h(`h${block.level}`, { id }, words)
    case 'paragraph':
      return h('p', { id }, words)
    case 'bullet':
      return h('li', { id }, words)
    case 'quote':
      return h('blockquote', { id }, h('p', words))
  }
}

/** The page's script reads the start from the permalink. */
const turnElement = (
  turn: Turn,
  words: ElementContent[],
  snapshot: Snapshot,
  id: string,
  timing: Timing | undefined,
): Element => {
  const speaker = snapshot.speakers.find((candidate) => candidate.id === turn.speaker)
  const name =
    speaker === undefined ? [] : [element('span', { className: ['speaker', `speaker-${speaker.color}`] }, [speaker.name]), ' ']
  const time = element('a', { href: `#${id}`, className: ['permalink'] }, [clockElement(timing?.start ?? 0)])
  return element('section', { id, className: ['turn'] }, [
    element('p', { className: ['who'] }, [...name, time]),
    element('p', {}, words),
  ])
}
