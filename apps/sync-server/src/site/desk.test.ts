import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDesk } from './desk.ts'

const script = 'console.log("desk")'.repeat(100)
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stet-desk-'))
  await writeFile(join(folder, 'big.js'), script)
  await writeFile(join(folder, 'big.js.br'), brotliCompressSync(script))
  await writeFile(join(folder, 'big.js.gz'), gzipSync(script))
  await writeFile(join(folder, 'small.js'), 'small')
})
afterAll(() => rm(folder, { recursive: true }))

const get = (path: string, headers: Record<string, string> = {}) => createDesk(folder).request(`/desk/${path}`, { headers })
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer())

test('L2: a file of the desk goes in the best coding that the caller takes', async () => {
  const browser = await get('big.js', { 'accept-encoding': 'gzip, deflate, br, zstd' })
  expect(browser.headers.get('content-encoding')).toBe('br')
  expect(brotliDecompressSync(await bytesOf(browser)).toString()).toBe(script)
  const plainHttp = await get('big.js', { 'accept-encoding': 'gzip, deflate' })
  expect(plainHttp.headers.get('content-encoding')).toBe('gzip')
  expect(gunzipSync(await bytesOf(plainHttp)).toString()).toBe(script)
})

test('who takes no coding, or refuses it, gets the file as it is', async () => {
  for (const headers of [{}, { 'accept-encoding': 'identity' }, { 'accept-encoding': 'br;q=0, gzip;q=0' }]) {
    const answer = await get('big.js', headers as Record<string, string>)
    expect(answer.headers.get('content-encoding')).toBeNull()
    expect(await answer.text()).toBe(script)
  }
  const small = await get('small.js', { 'accept-encoding': 'br' })
  expect([small.headers.get('content-encoding'), await small.text()]).toEqual([null, 'small'])
})

test('each coding has a tag of its own and says what it varies by', async () => {
  const [br, plain] = [await get('big.js', { 'accept-encoding': 'br' }), await get('big.js')]
  expect(br.headers.get('etag')).not.toBe(plain.headers.get('etag'))
  for (const answer of [br, plain]) expect(answer.headers.get('vary')).toBe('accept-encoding')
  const again = await get('big.js', { 'accept-encoding': 'br', 'if-none-match': br.headers.get('etag') ?? '' })
  expect(again.status).toBe(304)
})
