import { parseArgs } from 'node:util'
import { HumanRole, Scope } from '@stet/schema/contract/people'

export type Command =
  | { readonly name: 'start' }
  | { readonly name: 'token create'; readonly scopes: readonly Scope[]; readonly tokenName: string; readonly days: number }
  | { readonly name: 'link create'; readonly role: HumanRole }
  | { readonly name: 'backup'; readonly file: string }
  | { readonly name: 'restore'; readonly file: string; readonly force: boolean }
  /** `file`: a backup; null means the data folder. */
  | { readonly name: 'verify'; readonly file: string | null }
  | { readonly name: 'move-people' }
  | { readonly name: 'repair' }
  | { readonly name: 'stats' }
  | { readonly name: 'tidy'; readonly days: number; readonly isDryRun: boolean }
export type CommandOutcome = { ok: true; command: Command } | { ok: false; message: string }

const LINK_ROLES = HumanRole.options
const MAX_DAYS = 3_650
const NAMES = 'start, token create, link create, backup, restore, verify, repair, stats, tidy, move-people'
const OPTIONS = {
  role: { type: 'string' },
  scopes: { type: 'string' },
  name: { type: 'string' },
  days: { type: 'string' },
  force: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
} as const

export const readCommand = (args: readonly string[]): CommandOutcome => {
  const parsed = parseLoosely(args)
  if (!parsed.ok) return parsed
  const { words, role, scopes, name, days, force, isDryRun } = parsed
  const operation = readOperation(words, force)
  if (operation !== null) return operation
  const command = words.join(' ') || 'start'
  if (command === 'start') return { ok: true, command: { name: 'start' } }
  if (command === 'token create') {
    const asked = (scopes ?? '').split(',').filter((scope) => scope !== '')
    const known = Scope.options.filter((scope) => asked.includes(scope))
    if (known.length === 0 || known.length < new Set(asked).size)
      return {
        ok: false,
        message: `${command}: ${scopes === undefined ? '--scopes is missing' : `--scopes: found "${scopes}"`}; give one or more of ${Scope.options.join(',')}`,
      }
    const lasting = readDays(days, 365)
    if (!lasting.ok) return lasting
    const tokenName = (name ?? 'bot').trim()
    if (tokenName === '' || tokenName.length > 60)
      return { ok: false, message: `--name: found "${name}"; give 1 to 60 characters` }
    return { ok: true, command: { name: 'token create', scopes: known, tokenName, days: lasting.days } }
  }
  if (command === 'link create') {
    const known = LINK_ROLES.find((each) => each === role)
    return known === undefined
      ? wrongRole(command, role, LINK_ROLES)
      : { ok: true, command: { name: 'link create', role: known } }
  }
  if (command === 'tidy') {
    const grace = readDays(days, 30)
    return grace.ok ? { ok: true, command: { name: 'tidy', days: grace.days, isDryRun } } : grace
  }
  return { ok: false, message: `there is no command "${command}"; there are: ${NAMES}` }
}

/** Null: it is none of these. */
const readOperation = ([name, file, ...rest]: readonly string[], force: boolean): CommandOutcome | null => {
  if (name === 'backup' || name === 'restore') {
    if (file === undefined || rest.length > 0) return { ok: false, message: `${name}: give one file, such as stet-backup.sqlite` }
    return { ok: true, command: name === 'backup' ? { name, file } : { name, file, force } }
  }
  if (name === 'verify')
    return rest.length === 0
      ? { ok: true, command: { name, file: file ?? null } }
      : { ok: false, message: 'verify: give one backup, or nothing to look at the data folder' }
  if ((name === 'repair' || name === 'stats' || name === 'move-people') && file === undefined)
    return { ok: true, command: { name } }
  return null
}

const parseLoosely = (args: readonly string[]) => {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    return {
      ok: true,
      words: positionals,
      role: values.role,
      scopes: values.scopes,
      name: values.name,
      days: values.days,
      force: values.force,
      isDryRun: values['dry-run'],
    } as const
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) } as const
  }
}

const readDays = (given: string | undefined, unless: number): { ok: true; days: number } | { ok: false; message: string } => {
  const days = Number(given ?? unless)
  return Number.isInteger(days) && days >= 1 && days <= MAX_DAYS
    ? { ok: true, days }
    : { ok: false, message: `--days: found "${given}"; give a whole number from 1 to ${MAX_DAYS}` }
}

const wrongRole = (command: string, found: string | undefined, roles: readonly string[]): CommandOutcome => ({
  ok: false,
  message: `${command}: ${found === undefined ? '--role is missing' : `--role: found "${found}"`}; give --role ${roles.join('|')}`,
})
