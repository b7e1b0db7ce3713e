import { formatShortClock } from '@stet/schema/timeline'
import type { Element } from 'hast'
import { element } from './element.ts'

/** `3:12` for people, `PT3M12S` for machines. */
export const clockElement = (seconds: number): Element =>
  element('time', { dateTime: isoDuration(seconds) }, [formatShortClock(seconds)])

export const isoDuration = (seconds: number): string => {
  const parts: [number, string][] = [
    [Math.floor(seconds / 3600), 'H'],
    [Math.floor(seconds / 60) % 60, 'M'],
    [seconds % 60, 'S'],
  ]
  const written = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount}${unit}`)
  return `PT${written.length > 0 ? written.join('') : '0S'}`
}
