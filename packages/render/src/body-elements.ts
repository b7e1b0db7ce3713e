import type { Timing } from '@stet/schema/lay-timeline'
import type { Block, Snapshot, Turn } from '@stet/schema/snapshot'
import { timelineOf } from '@stet/schema/timeline'
import type { Element } from 'hast'
import { h } from 'hastscript'
import { anchorsOf } from './anchors.ts'
import { clockElement } from './clock-element.ts'
import { inlineElements } from './inline-elements.ts'

/** The script of a dispatch or the text of an essay; what a draft has left empty is not shown. */
export const bodyElements = (snapshot: Snapshot): Element[] => {
  const anchors = anchorsOf(snapshot.body)
  const timeline = timelineOf(snapshot)
  const elements: Element[] = []
  for (const block of snapshot.body) {
    if (block.content.length === 0) continue
    const element = blockElement(block, snapshot, anchors.get(block.id) ?? '', timeline.get(block.id))
    const before = elements.at(-1)
    if (element.tagName !== 'li') elements.push(element)
    else if (before?.tagName === 'ul') before.children.push(element)
    else elements.push(h('ul', element))
  }
  return elements
}

const blockElement = (block: Block, snapshot: Snapshot, id: string, timing: Timing | undefined): Element => {
  if (block.kind === 'turn') return turnElement(block, snapshot, id, timing)
  const words = inlineElements(block.content, snapshot.sources)
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

const turnElement = (turn: Turn, snapshot: Snapshot, id: string, timing: Timing | undefined): Element => {
  const speaker = snapshot.speakers.find((candidate) => candidate.id === turn.speaker)
  const name = speaker === undefined ? [] : [h('span', { className: ['speaker', `speaker-${speaker.color}`] }, speaker.name), ' ']
  const time = h('a', { href: `#${id}`, className: ['permalink'] }, clockElement(timing?.start ?? 0))
  return h('section', { id, className: ['turn'] }, [
    h('p', { className: ['who'] }, [...name, time]),
    h('p', inlineElements(turn.content, snapshot.sources)),
  ])
}
