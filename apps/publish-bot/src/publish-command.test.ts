import { expect, test } from 'vitest'
import { setScene, someDispatch, tryBot } from './try-bot.ts'

test('publishing tells where the revision stands and what the checks found', async () => {
  const scene = await setScene()
  const id = scene.server.add(someDispatch(8))
  const { code, out, err } = await tryBot(scene, 'publish', '8')
  expect({ code, out, err }).toEqual({
    code: 0,
    out: `Published revision 1 of “Night 8”: ${scene.server.origin}/dispatches/008/\n`,
    err: 'warning: sources[0]: nobody cites it\n',
  })
  expect(scene.server.dispatches.get(id)?.revisions).toHaveLength(1)
})

test('what is not ready is refused with each problem by its path', async () => {
  const scene = await setScene()
  const id = scene.server.add({ ...someDispatch(8), title: '', date: null })
  const { code, out, err } = await tryBot(scene, 'publish', id)
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err).toBe(
    'Could not publish dispatch 008 “”: Not ready to be published\n  title: give it a title\n  date: give it a date\n',
  )
})

test('an unknown reference publishes nothing', async () => {
  const scene = await setScene()
  scene.server.add(someDispatch(8))
  expect(await tryBot(scene, 'publish', '9')).toMatchObject({ code: 1, err: expect.stringContaining('“Night 8”') })
})

test('--json prints the answer of the contract', async () => {
  const scene = await setScene()
  scene.server.add(someDispatch(8))
  const { out } = await tryBot(scene, 'publish', '8', '--json')
  expect(JSON.parse(out)).toMatchObject({ revision: { revision: 1, path: '/dispatches/008/' }, findings: [{ level: 'warning' }] })
})

test('X3: --dry-run says what would change on the site, and changes nothing', async () => {
  const scene = await setScene()
  const id = scene.server.add(someDispatch(8))
  const first = await tryBot(scene, 'publish', '8', '--dry-run')
  expect(first).toMatchObject({ code: 0, err: '' })
  expect(first.out.split('\n')).toEqual([
    'Would publish revision 1 as 008 at /dispatches/008/',
    'Nobody has approved it as it stands',
    'new      /dispatches/008/',
    'warning: sources[0]: nobody cites it',
    '',
  ])
  expect(scene.server.dispatches.get(id)?.revisions).toHaveLength(0)

  scene.server.publish(id)
  const dispatch = scene.server.dispatches.get(id)
  if (dispatch !== undefined)
    dispatch.content = { ...dispatch.content, title: 'Another night', body: dispatch.content.body.slice(0, 1) }
  const { out } = await tryBot(scene, 'publish', '8', '--dry-run')
  expect(out).toContain('changes title\nremoves turn t1\n')
  expect(JSON.parse((await tryBot(scene, 'publish', '8', '--dry-run', '--json')).out)).toMatchObject({ revision: 2 })
})

test('X3: --dry-run ends as publishing would where something is in the way', async () => {
  const scene = await setScene()
  scene.server.add({ ...someDispatch(8), date: null })
  const { code, err } = await tryBot(scene, 'publish', '8', '--dry-run')
  expect([code, err]).toEqual([1, 'Could not publish dispatch 008 “Night 8”:\n  date: give it a date\n'])
})
