import { expect, it } from 'vitest'
import { displayUrl, followableUrl, isIncompleteUrl } from './link.ts'

it('an address is shown without its scheme, at most 44 characters, the last an ellipsis', () => {
  expect(displayUrl('https://www.harbour.example/log?night=9')).toBe('www.harbour.example/log?night=9')
  const long = displayUrl(`https://harbour.example/${'a'.repeat(60)}`)
  expect(long.length).toBe(44)
  expect(long.endsWith('…')).toBe(true)
  expect(displayUrl(`https://${long}`)).toBe(long)
})

it('a shortened address is incomplete and cannot be followed', () => {
  expect(isIncompleteUrl('https://harbour.example/lo…')).toBe(true)
  expect(followableUrl('https://harbour.example/lo…')).toBeNull()
})

it('R1: only http, https and mailto are ever followed', () => {
  expect(followableUrl('https://harbour.example/log')).toBe('https://harbour.example/log')
  expect(followableUrl('mailto:oda@harbour.example')).toBe('mailto:oda@harbour.example')
  for (const url of [
    'javascript:alert(1)',
    'java\tscript:alert(1)',
    ' JAVASCRIPT:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    '//harbour.example',
    'blob:https://a',
    '',
  ])
    expect(followableUrl(url)).toBeNull()
})
