import { useCallback, useMemo, useSyncExternalStore } from 'react'

/** How a recording is being played. Seconds; `length` is null until the browser knows it. */
export type Playing = {
  readonly isPlaying: boolean
  readonly at: number
  readonly length: number | null
  readonly rate: number
  /** The browser cannot play it, or cannot reach it. */
  readonly fails: boolean
}

const EVENTS = ['play', 'pause', 'timeupdate', 'seeking', 'durationchange', 'ratechange', 'error', 'emptied', 'loadedmetadata']

export const usePlaying = (element: HTMLAudioElement | null): Playing => {
  const subscribe = useCallback(
    (listener: () => void) => {
      for (const event of EVENTS) element?.addEventListener(event, listener)
      return () => {
        for (const event of EVENTS) element?.removeEventListener(event, listener)
      }
    },
    [element],
  )
  // A store answers the same as long as it says the same.
  const written = useSyncExternalStore(subscribe, () => JSON.stringify(element === null ? STILL : playingOf(element)))
  return useMemo(() => JSON.parse(written) as Playing, [written])
}

const STILL: Playing = { isPlaying: false, at: 0, length: null, rate: 1, fails: false }

const playingOf = ({ paused, currentTime, duration, playbackRate, error }: HTMLAudioElement): Playing => ({
  isPlaying: !paused,
  at: currentTime,
  length: Number.isFinite(duration) ? duration : null,
  rate: playbackRate,
  fails: error !== null,
})
