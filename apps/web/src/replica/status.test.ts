import { CLOSINGS } from '@stet/schema/contract/sync'
import { expect, test } from 'vitest'
import { type Facts, stateOf, statusOf } from './status.ts'

const links: Facts['link'][] = ['offline', 'connecting', 'synced', 'signed out', 'read only', 'refused', 'damaged', 'put aside']
const storings: Facts['storing'][] = ['kept', 'writing', 'failing']
const all = links.flatMap((link) => storings.flatMap((storing) => [0, 1, 7].map((unsent) => ({ link, storing, unsent }))))

test('the table says what it says', () => {
  const rows = links.flatMap((link) =>
    storings.map(
      (storing) => `${link}, ${storing}: ${stateOf({ link, storing, unsent: 0 })} / ${stateOf({ link, storing, unsent: 3 })}`,
    ),
  )
  expect(rows).toEqual([
    'offline, kept: saved here / not sent',
    'offline, writing: saving / saving',
    'offline, failing: not saved / not saved',
    'connecting, kept: connecting / not sent',
    'connecting, writing: connecting / saving',
    'connecting, failing: connecting / not saved',
    'synced, kept: synced / saved here',
    'synced, writing: synced / saving',
    'synced, failing: synced / saving',
    'signed out, kept: signed out / signed out',
    'signed out, writing: saving / saving',
    'signed out, failing: not saved / not saved',
    'read only, kept: read only / read only',
    'read only, writing: read only / read only',
    'read only, failing: read only / read only',
    'refused, kept: refused / refused',
    'refused, writing: refused / refused',
    'refused, failing: not saved / not saved',
    'damaged, kept: damaged / damaged',
    'damaged, writing: damaged / damaged',
    'damaged, failing: not saved / not saved',
    'put aside, kept: put aside / put aside',
    'put aside, writing: put aside / put aside',
    'put aside, failing: not saved / not saved',
  ])
})

test('O2: "synced" is said only when the server has everything', () => {
  for (const facts of all) if (stateOf(facts) === 'synced') expect(facts).toMatchObject({ link: 'synced', unsent: 0 })
})

test('O2: "saved here" and "not sent" are said only of what is on the disk', () => {
  for (const facts of all) if (['saved here', 'not sent'].includes(stateOf(facts))) expect(facts.storing).toBe('kept')
})

test('G6: why the server closed the connection stands beside what is saved', () => {
  const { message } = CLOSINGS.idInUse
  expect(statusOf({ link: 'refused', storing: 'kept', unsent: 2, closed: message }).detail).toBe(message)
  const restarting = { link: 'offline', storing: 'kept', closed: CLOSINGS.goingDown.message } as const
  expect(statusOf({ ...restarting, unsent: 0 }).detail).toBe(`All is on this device. ${CLOSINGS.goingDown.message}`)
  expect(statusOf({ ...restarting, unsent: 1 }).detail).toContain(CLOSINGS.goingDown.message)
  expect(statusOf({ ...restarting, unsent: 0, closed: null }).detail).toContain('You are not connected.')
})

test('every state has its words, with the number in them', () => {
  expect(statusOf({ link: 'offline', storing: 'kept', unsent: 1 }).text).toBe('1 change not sent')
  expect(statusOf({ link: 'offline', storing: 'kept', unsent: 12 }).text).toBe('12 changes not sent')
  expect(new Set(all.map((facts) => statusOf(facts).text))).toEqual(
    new Set([
      'Synced',
      'Saved here',
      '1 change not sent',
      '7 changes not sent',
      'Not saved!',
      'Saving…',
      'Connecting…',
      'Signed out',
      'Read only',
      'Not accepted',
      'Damaged',
      'Put aside',
    ]),
  )
})
