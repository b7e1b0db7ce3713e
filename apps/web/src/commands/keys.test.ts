import { expect, test } from 'vitest'
import { isPressed, writtenKeys } from './keys.ts'

const event = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}, code = '') => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})

test('keys are written as the platform writes them', () => {
  expect(writtenKeys('Mod-Shift-c', 'MacIntel')).toBe('⇧⌘C')
  expect(writtenKeys('Mod-Shift-c', 'Linux x86_64')).toBe('Ctrl+Shift+C')
  expect(writtenKeys('Alt-ArrowUp', 'Win32')).toBe('Alt+↑')
  expect(writtenKeys('Shift-Mod-z', 'iPad')).toBe('⇧⌘Z')
  expect(writtenKeys('Tab', 'Win32')).toBe('Tab')
})

test('Mod is Command on a Mac and Control elsewhere, and no other key may be held', () => {
  expect(isPressed('Mod-k', event('k', { metaKey: true }), 'MacIntel')).toBe(true)
  expect(isPressed('Mod-k', event('k', { ctrlKey: true }), 'MacIntel')).toBe(false)
  expect(isPressed('Mod-k', event('k', { ctrlKey: true }), 'Win32')).toBe(true)
  expect(isPressed('Mod-k', event('K', { ctrlKey: true, shiftKey: true }), 'Win32')).toBe(false)
  expect(isPressed('Mod-Shift-c', event('C', { ctrlKey: true, shiftKey: true }), 'Win32')).toBe(true)
})

test('on a keyboard of other letters the key in the same place counts', () => {
  expect(isPressed('Mod-k', event('л', { ctrlKey: true }, 'KeyK'), 'Win32')).toBe(true)
  expect(isPressed('Mod-k', event('t', { ctrlKey: true }, 'KeyK'), 'Win32')).toBe(false)
})
