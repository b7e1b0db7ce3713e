import { newShow } from '@stet/schema/show'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { startTestServer } from '../test-server.ts'
import { createSqliteShowSettings } from './sqlite-show-settings.ts'

it('P2: settings are kept whole, and what is new in them since has its default', () => {
  const db = new Database(':memory:')
  const settings = createSqliteShowSettings(db, 'Lantern Radio')
  expect(settings.get()).toEqual({ show: newShow('Lantern Radio'), number: 0 })
  const changed = { ...newShow('Harbour Radio'), licence: 'CC BY 4.0' }
  expect(settings.change(changed, 0)).toEqual({ ok: true, number: 1 })
  expect(createSqliteShowSettings(db, 'Lantern Radio').get()).toEqual({ show: changed, number: 1 })
  db.prepare("UPDATE show SET settings = json_remove(settings, '$.aiNote', '$.cues')").run()
  expect(settings.get().show).toEqual({ ...changed, cues: newShow('x').cues })
})

it('P2: who has not seen what stands overwrites nothing', () => {
  const settings = createSqliteShowSettings(new Database(':memory:'), 'Lantern Radio')
  settings.change(newShow('First'), 0)
  expect(settings.change(newShow('Second'), 0)).toEqual({ ok: false, found: 1 })
  expect(settings.get().show.name).toBe('First')
})

it('P4: what the owner says of the show stands on its pages at once; nobody else changes it', async () => {
  const server = await startTestServer()
  try {
    const show = { ...newShow('Harbour Radio'), description: 'What the keepers wrote down.', licence: 'CC BY 4.0' }
    const change = (role: 'owner' | 'publisher') => server.request('PUT', '/api/show', { role, body: { show, seen: 0 } })
    const home = async () => (await server.request('GET', '/', { role: null })).text
    expect((await change('publisher')).status).toBe(403)
    expect(await home()).toContain('<h1>The Test Show</h1>')
    expect(await change('owner')).toMatchObject({ status: 200, json: { number: 1 } })
    expect((await change('owner')).status).toBe(409)
    expect(await home()).toContain('<h1>Harbour Radio</h1>')
    expect(await home()).toContain('What the keepers wrote down.')
    for (const path of ['/about/', '/feed.xml', '/podcast.xml'])
      expect((await server.request('GET', path, { role: null })).text, path).toContain('CC BY 4.0')
    const session = await server.request('GET', '/api/session')
    expect(session.json).toMatchObject({ show, site: { name: 'Harbour Radio' } })
  } finally {
    await server.stop()
  }
})
