import { expect, test } from 'vitest'
import { readCommand } from './command-line.ts'

test.each([
  [[], { name: 'start' }],
  [['start'], { name: 'start' }],
  [['token', 'create', '--scopes', 'publish'], { name: 'token create', scopes: ['publish'], tokenName: 'bot', days: 365 }],
  [
    ['token', 'create', '--scopes', 'publish,read:drafts', '--name', 'Kiosk', '--days', '7'],
    { name: 'token create', scopes: ['read:drafts', 'publish'], tokenName: 'Kiosk', days: 7 },
  ],
  [['link', 'create', '--role', 'owner'], { name: 'link create', role: 'owner' }],
  [['backup', 'b.sqlite'], { name: 'backup', file: 'b.sqlite' }],
  [['restore', 'b.sqlite'], { name: 'restore', file: 'b.sqlite', force: false }],
  [['restore', '--force', 'b.sqlite'], { name: 'restore', file: 'b.sqlite', force: true }],
  [['verify'], { name: 'verify', file: null }],
  [['verify', 'b.sqlite'], { name: 'verify', file: 'b.sqlite' }],
  [['repair'], { name: 'repair' }],
  [['stats'], { name: 'stats' }],
  [['move-people'], { name: 'move-people' }],
  [['tidy'], { name: 'tidy', days: 30, isDryRun: false }],
  [['tidy', '--dry-run', '--days', '90'], { name: 'tidy', days: 90, isDryRun: true }],
])('%j is understood', (args, command) => {
  expect(readCommand(args)).toEqual({ ok: true, command })
})

test.each([
  [
    ['tokens'],
    'there is no command "tokens"; there are: start, token create, link create, backup, restore, verify, repair, stats, tidy, move-people',
  ],
  [['backup'], 'backup: give one file, such as stet-backup.sqlite'],
  [['restore', 'a', 'b'], 'restore: give one file, such as stet-backup.sqlite'],
  [['verify', 'a', 'b'], 'verify: give one backup, or nothing to look at the data folder'],
  [
    ['token', 'create'],
    'token create: --scopes is missing; give one or more of read:published,read:drafts,write:dispatches,publish',
  ],
  [
    ['token', 'create', '--scopes', 'publish,manage'],
    'token create: --scopes: found "publish,manage"; give one or more of read:published,read:drafts,write:dispatches,publish',
  ],
  [['tidy', '--days', '0'], '--days: found "0"; give a whole number from 1 to 3650'],
  [['token', 'create', '--scopes', 'publish', '--days', '0'], '--days: found "0"; give a whole number from 1 to 3650'],
])('%j is refused with the fix', (args, message) => {
  expect(readCommand(args)).toEqual({ ok: false, message })
})
