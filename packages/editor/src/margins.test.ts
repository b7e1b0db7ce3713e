import { openDispatch } from '@stet/schema/layout/open-dispatch'
import { writeContent } from '@stet/schema/layout/write-content'
import { emptyContent } from '@stet/schema/snapshot'
import type { DecorationSet } from 'prosemirror-view'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { type Desk, openDesk } from './headless-desk.ts'
import { marginsPlugin } from './margins.ts'

const text = (length: number) => ({ type: 'text' as const, text: 'x'.repeat(length) })

const timed = (): Desk => {
  const script = openDispatch(new Y.Doc())
  writeContent(script.doc, {
    ...emptyContent('dispatch'),
    speakers: [{ id: 'ada', name: 'Ada', color: 1 }],
    body: [
      { kind: 'chapter', id: 'c1', start: null, content: [text(3)] },
      {
        kind: 'turn',
        id: 't1',
        speaker: 'ada',
        start: null,
        content: [text(160), { type: 'cue', cue: 'a long sigh of relief, no speech' }],
      },
      { kind: 'turn', id: 't2', speaker: 'ada', start: null, content: [text(16)] },
      { kind: 'chapter', id: 'c2', start: null, content: [text(3)] },
      { kind: 'turn', id: 't3', speaker: 'gone', start: 96, content: [text(3)] },
    ],
  })
  return openDesk(1, script, () => [marginsPlugin(script)])
}

const margins = (desk: Desk): { name: string; clock: string; recorded: boolean }[] =>
  (desk.state().plugins[0]?.getState(desk.state()) as DecorationSet | undefined)
    ?.find()
    .map(({ spec }) => JSON.parse(spec.margin)) ?? []

it('times follow the timeline: cues take none, a chapter has that of its first turn', () => {
  expect(margins(timed()).map(({ clock, recorded }) => `${clock}${recorded ? '' : '?'}`)).toEqual([
    '0:00?',
    '0:00?',
    '0:10?',
    '1:36?',
    '1:36',
  ])
})

it('times reflow while one types, and an equal margin stays equal', () => {
  const desk = timed()
  const before = margins(desk)
  desk.caret(1, 0)
  desk.type('y')
  expect(margins(desk)).toEqual(before)
  desk.type('y'.repeat(160))
  expect(margins(desk)[2]?.clock).toBe('0:20')
})

it('a speaker who is gone has no name', () => {
  expect(margins(timed()).map(({ name }) => name)).toEqual(['', 'Ada', 'Ada', '', ''])
})
