import { expect, test } from 'vitest'
import { Action, HumanRole, may, Scope, whoMay } from './people.ts'

const allowed = (rights: Parameters<typeof may>[0]) => Action.options.filter((action) => may(rights, action)).join(', ')

test('K1: each role may do what the one before may, and more; publishing takes a publisher, and people an owner', () => {
  expect(HumanRole.options.map((role) => [role, allowed({ role })])).toEqual([
    ['viewer', 'read published, read'],
    ['editor', 'read published, read, write, approve'],
    ['publisher', 'read published, read, write, approve, publish'],
    ['owner', 'read published, read, write, approve, publish, manage, configure'],
  ])
})

test('K1: a bot may do what the scopes of its token name, and never approves or manages', () => {
  expect(Scope.options.map((scope) => [scope, allowed({ role: 'bot', scopes: [scope] })])).toEqual([
    ['read:published', 'read published'],
    ['read:drafts', 'read published, read'],
    ['write:dispatches', 'write'],
    ['publish', 'publish'],
  ])
  expect(allowed({ role: 'bot' })).toBe('')
  expect(allowed({ role: 'bot', scopes: Scope.options })).toBe('read published, read, write, publish')
})

test('K1: scopes add nothing to the role of a person', () => {
  expect(allowed({ role: 'viewer', scopes: Scope.options })).toBe(allowed({ role: 'viewer' }))
})

test('K1: what an act takes is said in words', () => {
  expect(whoMay('publish')).toBe('the role publisher or owner, or a token with the scope publish')
  expect(whoMay('manage')).toBe('the role owner')
})
