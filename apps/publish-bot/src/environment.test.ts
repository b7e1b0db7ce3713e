import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readEnvironment } from './environment.ts'
import { setScene, spawnBot } from './try-bot.ts'

const emptyFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'stet-env-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

test('the local bot token serves when STET_TOKEN is not set', () => {
  const folder = emptyFolder()
  writeFileSync(join(folder, 'bot-token'), 'stet_local\n')
  const expected = { ok: true, value: { origin: 'http://localhost:4400', token: 'stet_local' } }
  expect(readEnvironment({ STET_DATA: folder }, '/nowhere')).toEqual(expected)
  expect(readEnvironment({ STET_DATA: '.', STET_TOKEN: '' }, folder)).toEqual(expected)
})

test('STET_TOKEN goes before the local token, and a slash after the origin does no harm', () => {
  const read = readEnvironment({ STET_URL: 'https://desk.example/', STET_TOKEN: 'mine' }, emptyFolder())
  expect(read).toEqual({ ok: true, value: { origin: 'https://desk.example', token: 'mine' } })
})

test.each(['localhost:4400', 'ftp://a.example', 'http://a.example/desk/', 'http://a.example/?x', 'http://me:pw@a.example'])(
  'STET_URL may not be %s',
  (url) => {
    const read = readEnvironment({ STET_URL: url, STET_TOKEN: 't' }, '/nowhere')
    expect(read).toMatchObject({
      ok: false,
      failure: { code: 2, lines: [expect.stringMatching(/^STET_URL: found “.*; set it to/)] },
    })
  },
)

test('a bad environment ends with 2 and one line for each fault, naming the variable', async () => {
  const scene = await setScene()
  const { code, out, err } = await spawnBot(scene, ['list'], { variables: { STET_URL: 'nonsense', STET_TOKEN: '' } }).ended
  expect({ code, out }).toEqual({ code: 2, out: '' })
  const lines = err.trimEnd().split('\n')
  expect(lines).toHaveLength(2)
  expect(lines[0]).toMatch(/^STET_URL: /)
  expect(lines[1]).toMatch(/^STET_TOKEN: not set, and .*data\/bot-token does not exist; set STET_TOKEN/)
})
