import { expect, test } from 'vitest'
import { setScene, someDispatch, someEssay, spawnBot, tryBot } from './try-bot.ts'

test('the list is a table, one row a dispatch', async () => {
  const scene = await setScene()
  const night = scene.server.add(someDispatch(8))
  scene.server.publish(night)
  const essay = scene.server.add(someEssay('On\u001b[31mRed'))
  const { code, out } = await tryBot(scene, 'list')
  expect(code).toBe(0)
  expect(out).toBe(
    [
      'NUMBER  DATE        KIND      REVISION  UPDATED            ID                      TITLE',
      `008     2026-01-31  dispatch  1         2026-01-02T03:04Z  ${night}  Night 8`,
      `-       -           essay     draft     2026-01-02T03:04Z  ${essay}  On\u{fffd}[31mRed`,
      '',
    ].join('\n'),
  )
})

test('--json prints the answer of the contract', async () => {
  const scene = await setScene()
  const id = scene.server.add(someDispatch(8))
  expect(JSON.parse((await tryBot(scene, 'list', '--json')).out)).toMatchObject({ dispatches: [{ id, number: 8 }] })
})

test('X2: an unreachable server ends with 3 and says where it was sought', async () => {
  const scene = await setScene()
  await scene.server.close()
  const { code, out, err } = await spawnBot(scene, ['list']).ended
  expect({ code, out }).toEqual({ code: 3, out: '' })
  expect(err).toContain(`Could not list the dispatches: ${scene.server.origin} does not answer`)
})

test('a server that does not speak the contract ends with 3', async () => {
  const scene = await setScene()
  scene.server.dispatches.set('x' as never, { content: someDispatch(1), revisions: [] })
  expect(await tryBot(scene, 'list')).toMatchObject({ code: 3, err: expect.stringContaining('off the contract') })
})

test('a token the server does not know ends with 2 and names the variable', async () => {
  const scene = await setScene()
  const { code, err } = await spawnBot(scene, ['list'], { variables: { STET_TOKEN: 'stale' } }).ended
  expect(code).toBe(2)
  expect(err).toContain('Set STET_TOKEN')
})
