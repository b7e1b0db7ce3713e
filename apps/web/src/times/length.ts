import { formatShortClock, parseClock } from '@stet/schema/timeline'

/** Reads a length of time: `12` minutes, `12:30`, `1:05:00`; null when it is none, or nothing at all. */
export const parseLength = (text: string): number | null => {
  const minutes = /^\s*(\d{1,3})\s*$/.exec(text)?.[1]
  const seconds = minutes === undefined ? parseClock(text) : Number(minutes) * 60
  return seconds === 0 ? null : seconds
}

/** `0:12 under`, `1:05 over`, `on target` */
export const againstTarget = (seconds: number, target: number): string => {
  if (seconds === target) return 'on target'
  return `${formatShortClock(Math.abs(seconds - target))} ${seconds > target ? 'over' : 'under'}`
}
