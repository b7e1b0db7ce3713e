import { expect, test } from 'vitest'
import { filesIn, setScene, someDispatch, tryBot, tryBotAsked } from './try-bot.ts'

const published = async () => {
  const scene = await setScene()
  const id = scene.server.add(someDispatch(8))
  scene.server.publish(id)
  return { scene, withdrawal: () => scene.server.dispatches.get(id)?.withdrawal }
}

test('X4: withdrawing asks first, and does nothing unless it is meant', async () => {
  const { scene, withdrawal } = await published()
  const questions: string[] = []
  const saying = (answer: string) => async (question: string) => {
    questions.push(question)
    return answer
  }
  for (const answer of ['', 'n', 'perhaps'])
    expect(await tryBotAsked(scene, saying(answer), 'withdraw', '8', '--reason', 'Forged.')).toMatchObject({ code: 1, out: '' })
  expect(await tryBot(scene, 'withdraw', '8', '--reason', 'Forged.')).toMatchObject({
    code: 2,
    err: expect.stringContaining('add --yes'),
  })
  expect(withdrawal()).toBe(undefined)
  expect(questions[0]).toContain('Withdraw dispatch 008 “Night 8” from its readers?')

  const { code, out } = await tryBotAsked(scene, saying('y'), 'withdraw', '8', '--reason', 'Forged.')
  expect([code, out]).toEqual([0, `Withdrew dispatch 008 “Night 8”: ${scene.server.origin}/dispatches/008/ says why\n`])
  expect(withdrawal()?.reason).toBe('Forged.')
})

test('X4: of what is withdrawn the next export leaves the reason alone', async () => {
  const { scene } = await published()
  const files = () => [...filesIn(scene.folder).keys()].filter((path) => path.includes('dispatches/008/'))
  await tryBot(scene, 'export', '--published', '--out', 'site')
  expect(files()).not.toEqual([])
  expect(await tryBot(scene, 'withdraw', '8', '--reason', 'Forged.', '--yes')).toMatchObject({ code: 0 })
  await tryBot(scene, 'export', '--published', '--out', 'site')
  expect(files().map((path) => path.replace(/.*\/008/, '008'))).toEqual([
    '008/index.html',
    '008/revisions/1/index.html',
    '008/revisions/index.html',
  ])
  expect((await tryBot(scene, 'list')).out).toContain('withdrawn')
})

test('what is not published cannot be withdrawn', async () => {
  const scene = await setScene()
  scene.server.add(someDispatch(8))
  const { code, err } = await tryBot(scene, 'withdraw', '8', '--reason', 'Forged.', '--yes')
  expect([code, err]).toEqual([1, 'Could not withdraw dispatch 008 “Night 8”: it is not published.\n'])
})
