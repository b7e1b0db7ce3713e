import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { ExitCode } from './ending.ts'
import { fetchArtwork } from './fetch-artwork.ts'

const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex')
const artwork = { sha256: sha256Of('whole'), type: 'image/jpeg', pixels: 3_000, small: sha256Of('small') } as const
const site = { name: 'The Test Show', url: 'https://show.example', artwork }

const serve = async (textByPath: Readonly<Record<string, string>>): Promise<string> => {
  const server = createServer(({ url = '' }, response) => {
    const text = textByPath[url]
    response.writeHead(text === undefined ? 404 : 200).end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
const [whole, small] = [`/artwork/${artwork.sha256}.jpg`, `/artwork/${artwork.small}.png`]

test('P12: the artwork is fetched from the server, under the address at which the pages name it', async () => {
  const fetched = await fetchArtwork(await serve({ [whole]: 'whole', [small]: 'small' }), site)
  expect(fetched.ok && fetched.value.map(({ path, render }) => [path, Buffer.from(render()).toString()])).toEqual([
    [whole.slice(1), 'whole'],
    [small.slice(1), 'small'],
  ])
  const { artwork: _, ...without } = site
  expect(await fetchArtwork('http://127.0.0.1:1', without)).toEqual({ ok: true, value: [] })
})

test('P12: artwork that is not what its address says is refused, and one that is not there fails the export', async () => {
  const altered = await serve({ [whole]: 'whole', [small]: 'another' })
  expect(await fetchArtwork(altered, site)).toMatchObject({ ok: false, failure: { code: ExitCode.refused } })
  const lacking = await serve({ [whole]: 'whole' })
  expect(await fetchArtwork(lacking, site)).toMatchObject({ ok: false, failure: { code: ExitCode.network } })
})
