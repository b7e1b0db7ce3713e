/** What the keys of the prompter do. A presenter's clicker sends page keys. */
export type PrompterKeyAct =
  | 'start or pause'
  | 'next turn'
  | 'turn before'
  | 'to the start'
  | 'to the end'
  | 'faster'
  | 'slower'
  | 'larger'
  | 'smaller'
  | 'mirror'
  | 'light or dark'
  | 'full screen'
  | 'take now'
  | 'leave'

const acts: Readonly<Record<string, PrompterKeyAct>> = {
  ' ': 'start or pause',
  ArrowDown: 'next turn',
  ArrowRight: 'next turn',
  PageDown: 'next turn',
  ArrowUp: 'turn before',
  ArrowLeft: 'turn before',
  PageUp: 'turn before',
  Home: 'to the start',
  End: 'to the end',
  '.': 'faster',
  ',': 'slower',
  '+': 'larger',
  '=': 'larger',
  '-': 'smaller',
  m: 'mirror',
  d: 'light or dark',
  f: 'full screen',
  t: 'take now',
  Escape: 'leave',
}

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>

export const actOfKey = ({ key, ctrlKey, metaKey, altKey }: Key): PrompterKeyAct | null =>
  ctrlKey || metaKey || altKey ? null : (acts[key.length === 1 ? key.toLowerCase() : key] ?? null)

/** For the list of keys that the prompter shows. */
export const keyList: readonly (readonly [keys: string, does: string])[] = [
  ['Space', 'start, pause'],
  ['↓ ↑', 'next turn, turn before'],
  ['. ,', 'faster, slower'],
  ['+ −', 'larger, smaller'],
  ['T', 'show a change that waits'],
  ['M', 'mirror, for glass'],
  ['D', 'light or dark'],
  ['F', 'full screen'],
  ['Esc', 'leave'],
]
