import { expect, test } from 'vitest'
import { isSitePath } from './site-path.ts'

test.each(['index.html', 'dispatches/008/revisions/2/changes/index.html', 'speakers/åsa-жук/index.html', 'essays/a/a.csl.json'])(
  '%s is a path of ours',
  (path) => expect(isSitePath(path)).toBe(true),
)

test.each([
  '',
  'index',
  '/index.html',
  '../mine.txt',
  'a/../../mine.txt',
  'a/./b.html',
  'a//b.html',
  '.git/config.x',
  'a/.hidden.html',
  'A/b.html',
  'a\\b.html',
  'a/b.html\n',
  'a/b\u0000/c.html',
  `${'a/'.repeat(7)}b.html`,
  `${'a'.repeat(500)}.html`,
])('“%s” is none', (path) => expect(isSitePath(path)).toBe(false))
