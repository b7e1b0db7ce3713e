import { readFile } from 'node:fs/promises'
import { runChecks } from '@stet/checks/checks'
import { renderText } from '@stet/render/text'
import { newDispatchId } from '@stet/schema/ids'
import { LAYOUT_VERSION, Snapshot } from '@stet/schema/snapshot'
import { expect, test } from 'vitest'
import { citeWords } from './cite-words.ts'
import { readSample } from './sample.ts'

test('the sample shows every feature without a finding: each of its sources is cited, and its words are those of its file', async () => {
  const snapshot = Snapshot.parse({ layout: LAYOUT_VERSION, id: newDispatchId(), ...(await readSample()) })
  expect(runChecks(snapshot)).toEqual([])
  const file = await readFile(new URL('./dispatch-001.txt', import.meta.url), 'utf8')
  expect(renderText(snapshot)).toBe(file.replace(/\n$/, ''))
  const cited = snapshot.body.flatMap(({ content }) => content.filter(({ marks }) => marks?.cites))
  expect(cited.length).toBe(8)
})

test('words that stand nowhere, or in two blocks, are cited by nothing', async () => {
  const content = await readSample()
  expect(() => citeWords(content, 'no such words', 's1')).toThrow('stands in 0 blocks')
  expect(() => citeWords(content, 'the', 's1')).toThrow(/stands in \d+ blocks, expected one/)
})
