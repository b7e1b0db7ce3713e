import { useEffect } from 'react'
import type { CommandRegistry } from './desk-command.ts'
import { isPressed } from './keys.ts'

/** Hears the keys of the desk's commands, unless a dialog is open or something nearer has used them. */
export const useCommandKeys = (registry: CommandRegistry): void =>
  useEffect(() => {
    const heard = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || !(event.ctrlKey || event.metaKey)) return
      // With AltGr a letter is another letter, and Windows reports it as Control and Alt.
      if (event.getModifierState('AltGraph')) return
      const target = event.target instanceof Element ? event.target : null
      if (target?.closest('[role="dialog"]')) return
      const inScript = target?.closest('[data-hears="script"]') != null
      const command = registry
        .all()
        .find(
          ({ heard: where, keys }) =>
            (where === 'anywhere' || (where === 'in the script' && inScript)) &&
            keys.some((each) => isPressed(each, event, navigator.platform)),
        )
      if (command === undefined) return
      event.preventDefault()
      command.run()
    }
    addEventListener('keydown', heard)
    return () => removeEventListener('keydown', heard)
  }, [registry])
