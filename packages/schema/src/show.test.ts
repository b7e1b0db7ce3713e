import { expect, it } from 'vitest'
import { createPaces, DEFAULT_PACE } from './pace.ts'
import { newShow, Show, statedSpeech, toldOf } from './show.ts'

const show = (part: Partial<Show>) => Show.safeParse({ ...newShow('Lantern Radio'), ...part })

it('P2: settings that nobody has written are sound, and so are full ones', () => {
  expect(show({}).success).toBe(true)
  expect(
    show({ speakers: [{ name: 'Orrin', color: 2, pace: 15.5 }], targetSeconds: 720, licence: 'CC BY 4.0', language: 'de-AT' })
      .success,
  ).toBe(true)
})

it('P2: settings that would not do name the place', () => {
  const pathOf = (part: Partial<Show>) => show(part).error?.issues.map(({ path }) => path.join('.'))
  expect(pathOf({ name: '  ' })).toEqual(['name'])
  expect(pathOf({ cues: ['tsk', 'tsk'] })).toEqual(['cues'])
  expect(pathOf({ sourceKinds: ['two words'] })).toEqual(['sourceKinds.0'])
  expect(pathOf({ speakers: [{ name: 'Orrin', color: 2, pace: 900 }] })).toEqual(['speakers.0.pace'])
  expect(
    pathOf({
      speakers: [
        { name: 'Orrin', color: 2, pace: null },
        { name: 'orrin', color: 3, pace: null },
      ],
    }),
  ).toEqual(['speakers'])
})

it('P3: a pace that the show states counts as a minute of recording', () => {
  const paceOf = createPaces(statedSpeech([{ name: 'Orrin', color: 1, pace: 20 }]))
  expect(paceOf('orrin')).toBeGreaterThan(19)
  expect(paceOf('pell')).toBe(DEFAULT_PACE)
})

it('P4: pages are told what is said and nothing that is not', () => {
  expect(toldOf(newShow('Lantern Radio'))).toEqual({ name: 'Lantern Radio', language: 'en' })
  expect(toldOf({ ...newShow('Lantern Radio'), licence: 'CC BY 4.0' })).toMatchObject({ licence: 'CC BY 4.0' })
})
