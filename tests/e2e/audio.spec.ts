import { type Block, emptyContent } from '@stet/schema/snapshot'
import { createDispatch, publish } from './by-request.ts'
import { expect, script, test } from './stage.ts'
import { wavOf } from './wav.ts'
import { wholeAndAccessible } from './whole-and-accessible.ts'

test.use({ sharesServer: true })

test('A7, A8, I6: a recording is added, played with its turn highlighted, tapped, and timed by a transcript; each is undone', async ({
  personAt,
  newSample,
}) => {
  const ada = await personAt(await newSample(), 'Ada')
  await expect(script(ada)).not.toBeEmpty()
  const audio = ada.getByRole('region', { name: 'Audio', exact: true })
  const dialog = ada.getByRole('dialog', { name: 'Audio' })
  const starts = script(ada).getByRole('button', { name: /^Start / })

  await audio.getByRole('button', { name: 'Add audio…' }).click()
  const chooser = ada.waitForEvent('filechooser')
  await dialog.getByRole('button', { name: 'Choose a recording…' }).click()
  await (await chooser).setFiles({ name: 'talk.wav', mimeType: 'audio/wav', buffer: wavOf(60) })
  await expect(dialog).toBeHidden()
  await expect(ada.getByText(/^Added talk\.wav · 1:00 · 480\.1 kB\.|^Added talk\.wav · 1:00 · 0\.5 MB\./)).toBeVisible()

  const spoken = script(ada).locator('.spoken-block')
  await script(ada).getByText('I would like to be fair').hover()
  await script(ada).locator('.turn').nth(1).getByRole('button', { name: 'Play from 0:15' }).click()
  await expect(audio.getByRole('button', { name: 'Pause' })).toBeVisible()
  await expect(spoken).toHaveCount(1)
  await expect(spoken).toContainText('I would like to be fair')
  await ada.keyboard.press('Control+Alt+p')
  await expect(audio.getByRole('button', { name: 'Play' })).toBeVisible()

  await audio.getByRole('slider', { name: 'Position' }).focus()
  await ada.keyboard.press('ArrowRight')
  await expect(audio.getByRole('slider', { name: 'Position' })).toHaveAttribute('aria-valuetext', /^0:2\d of 1:00$/)
  await script(ada).locator('.turn').nth(1).locator('p').click()
  const second = starts.nth(2)
  await expect(second).toHaveAccessibleName('Start 0:15, recorded')
  await ada.keyboard.press('Control+Alt+r')
  await expect(second).toHaveAccessibleName(/^Start 0:2\d, recorded$/)
  await expect(audio.getByRole('status')).toContainText('The next turn waits for its start.')
  await ada.keyboard.press('Control+z')
  await expect(second).toHaveAccessibleName('Start 0:15, recorded')

  await audio.getByRole('button', { name: 'Audio…' }).click()
  const transcript = ada.waitForEvent('filechooser')
  await dialog.getByRole('button', { name: 'Times from a transcript…' }).click()
  await (await transcript).setFiles({ name: 'heard.vtt', mimeType: 'text/vtt', buffer: Buffer.from(HEARD) })
  await expect(dialog.getByRole('status').last()).toContainText(
    /^Recorded 2 starts\. 12 turns were not found in it and left as they were: “/,
  )
  await wholeAndAccessible(ada)
  await ada.keyboard.press('Escape')
  await expect(starts.nth(1)).toHaveAccessibleName('Start 0:02, recorded')
  await expect(second).toHaveAccessibleName('Start 0:18, recorded')
  await ada.getByRole('button', { name: /^Undo/ }).click()
  await expect(starts.nth(1)).toHaveAccessibleName('Start 0:00, recorded')
  await expect(second).toHaveAccessibleName('Start 0:15, recorded')
})

const HEARD = `WEBVTT

00:00:02.000 --> 00:00:09.500
For eleven days in February, the foot bridge at Sall Harbour was the busiest pedestrian crossing in the country.
The counter on its handrail recorded 412,000 people.

00:00:09.500 --> 00:00:18.000
Sall Harbour has 3,100 residents and on most days in February one open cafe.

00:00:18.000 --> 00:00:27.000
I would like to be fair to the café, but yes. Somebody would have had to walk about four hundred thousand people
across a bridge two metres wide, single file.
`

test('A10: readers hear a dispatch while its turns are marked, go to the time of a turn, and need no JavaScript for the player', async ({
  server,
  owner,
  browser,
}) => {
  const uploaded = await owner.post('/api/audio?name=talk.wav', { data: wavOf(60), headers: { 'content-type': 'audio/wav' } })
  const speech = (id: string, start: number, text: string): Block => ({
    kind: 'turn',
    id,
    speaker: 'p',
    start,
    content: [{ type: 'text', text }],
  })
  const id = await createDispatch(owner, {
    ...emptyContent('dispatch'),
    number: 77,
    date: '2026-03-02',
    title: 'The ferry',
    audio: await uploaded.json(),
    speakers: [{ id: 'p', name: 'Ines', color: 1 }],
    body: [speech('a', 0, 'It left at six.'), speech('b', 20, 'Nobody was on it.'), speech('c', 40, 'But the gulls.')],
  })
  await publish(owner, id)

  const reader = await (await browser.newContext()).newPage()
  await reader.goto(`${server.url}/dispatches/077/#t=0:21`)
  const audio = reader.locator('.player audio')
  const spoken = reader.locator('.turn.spoken')
  await expect(spoken).toContainText('Nobody was on it.')
  await reader.getByRole('link', { name: '0:40' }).click()
  await expect(spoken).toContainText('But the gulls.')
  await audio.evaluate((player: HTMLAudioElement) => {
    player.muted = true
    player.currentTime = 19
    return player.play()
  })
  await expect(spoken).toContainText('Nobody was on it.')
  await wholeAndAccessible(reader)
  await reader.context().close()

  const plain = await browser.newContext({ javaScriptEnabled: false })
  const bare = await plain.newPage()
  await bare.goto(`${server.url}/dispatches/077/`)
  await expect(bare.locator('.player audio[controls]')).toBeVisible()
  const heard = await plain.request.get(server.url + (await bare.getByRole('link', { name: /^Download/ }).getAttribute('href')))
  expect(heard.headers()['content-type']).toBe('audio/wav')
  await plain.close()
})
