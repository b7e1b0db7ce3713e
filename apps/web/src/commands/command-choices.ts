import type { Choice } from '@stet/editor/suggest/choice'
import { matching } from '@stet/editor/suggest/matching'
import type { DeskCommand } from './desk-command.ts'
import { writtenKeys } from './keys.ts'

/** The commands that a query finds, as a menu shows them. */
export const commandChoices = (commands: readonly DeskCommand[], query: string, platform: string): readonly Choice[] =>
  matching(
    commands.map(({ id, label, group, keys, words }): Choice => {
      const [first] = keys
      return {
        id,
        name: label,
        group,
        words: `${group} ${words ?? ''}`,
        ...(first ? { trail: writtenKeys(first, platform) } : {}),
      }
    }),
    query,
  )
