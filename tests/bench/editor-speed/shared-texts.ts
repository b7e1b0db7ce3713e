import * as Y from 'yjs'

/** A script as it lies in a rival's Y.Doc, edited as that rival's binding edits it: the nth block, an offset in it. */
export type SharedTexts = {
  readonly insert: (block: number, offset: number, inserted: string) => void
  readonly delete: (block: number, offset: number, count: number) => void
  readonly caret: (block: number, offset: number) => Y.RelativePosition
}

/** Ours: one text, in which each block begins with a marker. The blocks of a generated script stand in text order. */
export const bodyTexts = (doc: Y.Doc): SharedTexts => {
  const text = doc.getText('body')
  const lengths = segmentLengths(text)
  const indexOf = (block: number, offset: number) =>
    lengths.slice(0, block).reduce((sum, length) => sum + length + 1, 0) + 1 + offset
  const grow = (block: number, by: number) => {
    lengths[block] = (lengths[block] ?? 0) + by
  }
  return {
    insert: (block, offset, inserted) => {
      text.insert(indexOf(block, offset), inserted)
      grow(block, inserted.length)
    },
    delete: (block, offset, count) => {
      text.delete(indexOf(block, offset), count)
      grow(block, -count)
    },
    caret: (block, offset) => Y.createRelativePositionFromTypeIndex(text, indexOf(block, offset), -1),
  }
}

const segmentLengths = (text: Y.Text): number[] => {
  const lengths: number[] = []
  for (const { insert } of text.toDelta() as { insert: unknown }[]) {
    if (insert instanceof Y.Map) lengths.push(0)
    else lengths[lengths.length - 1] = (lengths.at(-1) ?? 0) + (typeof insert === 'string' ? insert.length : 1)
  }
  return lengths
}

/** y-prosemirror: an XML element for each block; its texts stand between the elements of the cues. */
export const fragmentTexts = (doc: Y.Doc): SharedTexts => {
  const fragment = doc.getXmlFragment('prosemirror')
  const place = (block: number, offset: number): { text: Y.XmlText; index: number } => {
    const element = fragment.get(block)
    let left = offset
    for (const child of element instanceof Y.XmlElement ? element.toArray() : []) {
      if (child instanceof Y.XmlText && left >= 0 && left <= child.length) return { text: child, index: left }
      left -= child instanceof Y.XmlText ? child.length : 1
    }
    throw new Error(`block ${block} has no text at ${offset}`)
  }
  return {
    insert: (block, offset, inserted) => {
      const { text, index } = place(block, offset)
      text.insert(index, inserted)
    },
    delete: (block, offset, count) => {
      const { text, index } = place(block, offset)
      text.delete(index, count)
    },
    caret: (block, offset) => {
      const { text, index } = place(block, offset)
      return Y.createRelativePositionFromTypeIndex(text, index)
    },
  }
}
