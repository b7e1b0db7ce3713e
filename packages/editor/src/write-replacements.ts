import type { Body } from '@stet/schema/layout/body-acts'
import type { Run } from '@stet/schema/layout/segment'
import { writeReplacements as writeInBody } from '@stet/schema/layout/write-replacements'
import type { Node } from 'prosemirror-model'
import { attributesOf } from './attributes.ts'
import type { Replacement } from './replacements.ts'

/** Writes many replacements as one update. They are given from the back of the script to its start. */
export const writeReplacements = (replacements: readonly Replacement[], body: Body, origin: unknown): void => {
  const { visible } = body.read()
  const inBlocks = replacements.flatMap(({ at, from, to, content }) => {
    const block = visible[at]?.id
    return block === undefined ? [] : [{ block, from, to, runs: content.content.map(runOf) }]
  })
  writeInBody(body, inBlocks, origin)
}

const runOf = (node: Node): Run => ({
  insert: node.isText ? (node.text ?? '') : { cue: String(node.attrs['cue']) },
  attributes: attributesOf(node.marks),
})
