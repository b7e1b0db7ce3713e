import { Schema } from 'prosemirror-model'

/**
 * The flat ProseMirror document of a script: blocks, each a textblock, nothing nested. "\n" in a text is a hard line
 * break (`white-space: pre-wrap`). `id` is the id of the body's block; '' stands for a block that the body has not got yet.
 */
const block = {
  group: 'block',
  content: '(text | cue)*',
  attrs: { id: { default: '' }, speaker: { default: null }, start: { default: null }, level: { default: null } },
  whitespace: 'pre' as const,
}

/** A block that is cut carries its id to where it is pasted. */
const ownId = (dom: HTMLElement) => ({ id: dom.getAttribute('data-block') ?? '' })

export const scriptSchema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    paragraph: {
      ...block,
      // Line ends in the source of a foreign page are no line breaks; in our own text they are.
      parseDOM: [
        { tag: 'p.paragraph', getAttrs: ownId },
        { tag: 'p', preserveWhitespace: false },
      ],
      toDOM: ({ attrs }) => ['p', { class: 'paragraph', 'data-block': attrs['id'], dir: 'auto' }, 0],
    },
    turn: {
      ...block,
      parseDOM: [{ tag: 'div.turn', getAttrs: (dom) => ({ ...ownId(dom), speaker: dom.getAttribute('data-speaker') }) }],
      toDOM: ({ attrs }) => ['div', { class: 'turn', 'data-block': attrs['id'], 'data-speaker': attrs['speaker'] }, 0],
    },
    chapter: {
      ...block,
      parseDOM: [{ tag: 'div.chapter', getAttrs: ownId }],
      toDOM: ({ attrs }) => ['div', { class: 'chapter', 'data-block': attrs['id'] }, 0],
    },
    heading: {
      ...block,
      parseDOM: [
        { tag: 'h1, h2', getAttrs: (dom) => ({ ...ownId(dom), level: 2 }) },
        { tag: 'h3, h4', getAttrs: (dom) => ({ ...ownId(dom), level: 3 }) },
      ],
      toDOM: ({ attrs }) => [attrs['level'] === 3 ? 'h3' : 'h2', { 'data-block': attrs['id'], dir: 'auto' }, 0],
    },
    bullet: {
      ...block,
      parseDOM: [
        { tag: 'div.bullet', getAttrs: ownId },
        { tag: 'li', preserveWhitespace: false },
      ],
      toDOM: ({ attrs }) => ['div', { class: 'bullet', role: 'listitem', 'data-block': attrs['id'], dir: 'auto' }, 0],
    },
    quote: {
      ...block,
      parseDOM: [{ tag: 'blockquote', getAttrs: ownId }],
      toDOM: ({ attrs }) => ['blockquote', { 'data-block': attrs['id'], dir: 'auto' }, 0],
    },
    text: { group: 'inline' },
    cue: {
      group: 'inline',
      inline: true,
      atom: true,
      attrs: { cue: {} },
      parseDOM: [{ tag: 'span.cue', getAttrs: (dom) => ({ cue: dom.textContent ?? '' }) }],
      toDOM: (node) => ['span', { class: 'cue' }, String(node.attrs['cue'])],
      leafText: (node) => `[${node.attrs['cue']}]`,
    },
  },
  marks: {
    strong: { parseDOM: [{ tag: 'strong' }, { tag: 'b' }], toDOM: () => ['strong', 0] },
    em: { parseDOM: [{ tag: 'em' }, { tag: 'i' }], toDOM: () => ['em', 0] },
    code: { parseDOM: [{ tag: 'code' }], toDOM: () => ['code', 0] },
    link: {
      attrs: { href: {} },
      inclusive: false,
      parseDOM: [
        { tag: 'a[href]', getAttrs: (dom) => ({ href: dom.getAttribute('href') }) },
        { tag: 'span.link[title]', getAttrs: (dom) => ({ href: dom.getAttribute('title') }) },
      ],
      // Not an anchor: inside an editor a click places the caret.
      toDOM: (mark) => ['span', { class: 'link', title: String(mark.attrs['href']) }, 0],
    },
    cite: {
      attrs: { source: {} },
      inclusive: false,
      excludes: '',
      parseDOM: [{ tag: 'span[data-cite]', getAttrs: (dom) => ({ source: dom.getAttribute('data-cite') }) }],
      toDOM: (mark) => ['span', { class: 'cite', 'data-cite': String(mark.attrs['source']) }, 0],
    },
    comment: {
      attrs: { id: {} },
      inclusive: false,
      excludes: '',
      toDOM: (mark) => ['span', { class: 'comment', 'data-comment': String(mark.attrs['id']) }, 0],
    },
  },
})
