import { newShow } from '@stet/schema/show'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { startTestServer } from '../test-server.ts'
import { createSqliteShowSettings } from './sqlite-show-settings.ts'

it('Q1: settings are kept whole, and what is new in them since has its default', () => {
  const db = new Database(':memory:')
  const settings = createSqliteShowSettings(db, 'Lantern Radio')
  expect(settings.get()).toEqual({ show: newShow('Lantern Radio'), number: 0 })
  const changed = { ...newShow('Harbour Radio'), licence: 'CC BY 4.0' }
  expect(settings.change(changed, 0)).toEqual({ ok: true, number: 1 })
  expect(createSqliteShowSettings(db, 'Lantern Radio').get()).toEqual({ show: changed, number: 1 })
  db.prepare("UPDATE show SET settings = json_remove(settings, '$.aiNote', '$.cues')").run()
  expect(settings.get().show).toEqual({ ...changed, cues: newShow('x').cues })
})

it('Q1: who has not seen what stands overwrites nothing', () => {
  const settings = createSqliteShowSettings(new Database(':memory:'), 'Lantern Radio')
  settings.change(newShow('First'), 0)
  expect(settings.change(newShow('Second'), 0)).toEqual({ ok: false, found: 1 })
  expect(settings.get().show.name).toBe('First')
})

it('Q3: what the owner says of the show stands on its pages at once; nobody else changes it', async () => {
  const server = await startTestServer()
  try {
    const owner = await server.signIn('owner')
    const editor = await server.signIn('editor')
    const show = { ...newShow('Harbour Radio'), description: 'What the keepers wrote down.' }
    expect(await editor.api('changeShow', { body: { show, seen: 0 } })).toMatchObject({ ok: false, problem: { status: 403 } })
    const before = await (await fetch(server.url)).text()
    expect(before).toContain('<h1>The Test Show</h1>')
    expect(await owner.api('changeShow', { body: { show, seen: 0 } })).toMatchObject({ ok: true, value: { number: 1 } })
    expect(await owner.api('changeShow', { body: { show, seen: 0 } })).toMatchObject({ ok: false, problem: { status: 409 } })
    expect(await (await fetch(server.url)).text()).toContain('<h1>Harbour Radio</h1>')
    expect(await editor.api('getSession')).toMatchObject({ ok: true, value: { show, site: { name: 'Harbour Radio' } } })
  } finally {
    await server.stop()
  }
})
