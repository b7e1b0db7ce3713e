import { readFileSync } from 'node:fs'
import { importText } from '@stet/import/import-text'
import { type FormatName, fileKinds, siteFile } from '@stet/render/file-kinds'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const publish = async (fields: object): Promise<string> => {
  const imported = importText(readFileSync(new URL('../sample/dispatch-001.txt', import.meta.url), 'utf8'))
  if (!imported.ok) throw new Error(imported.fault.expected)
  const id = await server.createDispatch({ ...imported.content, ...fields })
  return (await server.request('POST', `/api/dispatches/${id}/revisions`)).json.revision.path
}
const get = (path: string) => server.request('GET', path, { role: null })

test('R4: every form of a published dispatch is served beside its page, as what it is', async () => {
  const path = await publish({ number: 8 })
  const page = await get(path)
  for (const [name, kind] of Object.entries(fileKinds)) {
    const answer = await get(`/${siteFile(path, kind)}`)
    expect([name, answer.status, answer.headers.get('content-type')]).toEqual([name, 200, kind.mediaType])
    if (name !== 'html') expect(page.text).toContain(`href="008.${kind.extension}"`)
    const etag = answer.headers.get('etag') ?? ''
    const again = await server.request('GET', `/${siteFile(path, kind)}`, { role: null, headers: { 'if-none-match': etag } })
    expect([name, again.status]).toEqual([name, 304])
  }
})

test('R4: players on other sites may fetch transcripts and chapters, and nothing else', async () => {
  const path = await publish({ number: 9 })
  const open: FormatName[] = []
  for (const name of Object.keys(fileKinds) as FormatName[]) {
    const allowed = (await get(`/${siteFile(path, fileKinds[name])}`)).headers.get('access-control-allow-origin')
    if (allowed === '*') open.push(name)
  }
  expect(open).toEqual(['vtt', 'srt', 'transcript', 'chapters'])
})

test('R4: a form that an essay does not have is not there', async () => {
  const body = [{ kind: 'paragraph', id: 'b1', content: [{ type: 'text', text: 'Tides.' }] }]
  const path = await publish({ kind: 'essay', number: null, title: 'Tides', body, sources: [] })
  for (const name of ['vtt', 'srt', 'transcript', 'chapters', 'csl', 'bib', 'csv'] as const)
    expect([name, (await get(`/${siteFile(path, fileKinds[name])}`)).status]).toEqual([name, 404])
  expect((await get(`${path}tides.zip`)).status).toBe(200)
})

test('F6: a page names the picture that other sites show of it: a PNG of the size it says, the same each time', async () => {
  const path = await publish({ number: 10 })
  const page = await get(path)
  const named = /<meta property="og:image" content="([^"]+)"/.exec(page.text)?.[1] ?? ''
  expect(new URL(named).pathname).toBe(`${path}picture.png`)
  const picture = await fetch(`${server.url}${path}picture.png`)
  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png'])
  const bytes = Buffer.from(await picture.arrayBuffer())
  expect(bytes.subarray(1, 4).toString()).toBe('PNG')
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 630])
  const again = await server.request('GET', `${path}picture.png`, {
    role: null,
    headers: { 'if-none-match': picture.headers.get('etag') ?? '' },
  })
  expect(again.status).toBe(304)
})
