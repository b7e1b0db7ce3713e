import { newShow, type Show } from '@stet/schema/show'
import { expect, it } from 'vitest'
import { draftOf, readDraft } from './show-draft.ts'

const full: Show = {
  ...newShow('Lantern Radio'),
  description: 'What the keepers wrote down.',
  targetSeconds: 750,
  speakers: [
    { name: 'Orrin', color: 1, pace: null },
    { name: 'Pell', color: 2, pace: 15.5 },
  ],
  licence: 'CC BY 4.0',
}

it('P2: what stands in the boxes of the form says what was stored', () => {
  expect(readDraft(draftOf(full))).toEqual({ ok: true, show: full })
  expect(readDraft(draftOf(newShow('x')))).toEqual({ ok: true, show: newShow('x') })
})

it('P2: brackets, empty lines and a comma are read as they are meant', () => {
  const draft = { ...draftOf(full), cues: '[tsk]\n\n laughs ', target: '12' }
  const read = readDraft({ ...draft, speakers: draft.speakers.map((speaker) => ({ ...speaker, pace: '15,5' })) })
  expect(read).toMatchObject({
    ok: true,
    show: { cues: ['tsk', 'laughs'], targetSeconds: 720, speakers: [{ pace: 15.5 }, { pace: 15.5 }] },
  })
})

it('P2: what cannot be saved is said where it stands', () => {
  const draft = draftOf(full)
  const read = readDraft({
    ...draft,
    name: '',
    target: 'soon',
    speakers: draft.speakers.map((speaker, index) => (index === 1 ? { ...speaker, pace: 'fast' } : speaker)),
  })
  expect(read.ok ? [] : [...read.faults.keys()].sort()).toEqual(['name', 'speakers.stored 1', 'target'])
})
