import { parseArgs } from 'node:util'
import type { Role } from '@stet/schema/contract/people'
import type { HumanRole } from './access/access.ts'

export type Command =
  | { readonly name: 'start' }
  | { readonly name: 'token create'; readonly role: Exclude<Role, 'owner'>; readonly tokenName: string; readonly days: number }
  | { readonly name: 'link create'; readonly role: HumanRole }
export type CommandOutcome = { ok: true; command: Command } | { ok: false; message: string }

const TOKEN_ROLES = ['editor', 'viewer', 'bot'] as const
const LINK_ROLES = ['owner', 'editor', 'viewer'] as const
const MAX_DAYS = 3_650
const OPTIONS = { role: { type: 'string' }, name: { type: 'string' }, days: { type: 'string' } } as const

export const readCommand = (args: readonly string[]): CommandOutcome => {
  const parsed = parseLoosely(args)
  if (!parsed.ok) return parsed
  const { words, role, name, days } = parsed
  const command = words.join(' ') || 'start'
  if (command === 'start') return { ok: true, command: { name: 'start' } }
  if (command === 'token create') {
    const known = TOKEN_ROLES.find((each) => each === role)
    if (known === undefined) return wrongRole(command, role, TOKEN_ROLES)
    const count = Number(days ?? 365)
    if (!Number.isInteger(count) || count < 1 || count > MAX_DAYS)
      return { ok: false, message: `--days: found "${days}"; give a whole number from 1 to ${MAX_DAYS}` }
    const tokenName = (name ?? `${known} token`).trim()
    if (tokenName === '' || tokenName.length > 60)
      return { ok: false, message: `--name: found "${name}"; give 1 to 60 characters` }
    return { ok: true, command: { name: 'token create', role: known, tokenName, days: count } }
  }
  if (command === 'link create') {
    const known = LINK_ROLES.find((each) => each === role)
    return known === undefined
      ? wrongRole(command, role, LINK_ROLES)
      : { ok: true, command: { name: 'link create', role: known } }
  }
  return { ok: false, message: `there is no command "${command}"; there are: start, token create, link create` }
}

const parseLoosely = (args: readonly string[]) => {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    return { ok: true, words: positionals, role: values.role, name: values.name, days: values.days } as const
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) } as const
  }
}

const wrongRole = (command: string, found: string | undefined, roles: readonly string[]): CommandOutcome => ({
  ok: false,
  message: `${command}: ${found === undefined ? '--role is missing' : `--role: found "${found}"`}; give --role ${roles.join('|')}`,
})
