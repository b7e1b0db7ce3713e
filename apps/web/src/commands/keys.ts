/** Keys are written as in ProseMirror's keymaps: `Mod-Shift-c`, `Alt-ArrowUp`. */

export const isApple = (platform: string): boolean => /Mac|iP(?:hone|[oa]d)/.test(platform)

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** Whether an event is these keys. On a keyboard without Latin letters, the key in their place counts. */
export const isPressed = (keys: string, event: Pressed, platform: string): boolean => {
  const parts = keys.split('-')
  const key = parts.pop()?.toLowerCase()
  const mod = parts.includes('Mod')
  const apple = isApple(platform)
  return (
    event.metaKey === (mod && apple) &&
    event.ctrlKey === (mod && !apple) &&
    event.altKey === parts.includes('Alt') &&
    event.shiftKey === parts.includes('Shift') &&
    (event.key.toLowerCase() === key || (!/^[\x20-\x7e]/.test(event.key) && event.code === `Key${key?.toUpperCase()}`))
  )
}

/** As the platform writes them: `⇧⌘C`, `Ctrl+Shift+C`. */
export const writtenKeys = (keys: string, platform: string): string => {
  const parts = keys.split('-')
  const key = nameOf(parts.pop() ?? '')
  return isApple(platform)
    ? [...['Ctrl', 'Alt', 'Shift', 'Mod'].filter((part) => parts.includes(part)).map((part) => appleSigns[part]), key].join('')
    : [
        ...['Mod', 'Ctrl', 'Alt', 'Shift'].filter((part) => parts.includes(part)).map((part) => (part === 'Mod' ? 'Ctrl' : part)),
        key,
      ].join('+')
}

const appleSigns: Readonly<Record<string, string>> = { Ctrl: '⌃', Alt: '⌥', Shift: '⇧', Mod: '⌘' }

const signs: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', Delete: 'Del' }

const nameOf = (key: string): string => signs[key] ?? (key.length === 1 ? key.toUpperCase() : key)
