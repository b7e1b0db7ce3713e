/** A value that changes over time, for those who want to hear of it. The shape that `useSyncExternalStore` reads. */
export type Feed<T> = {
  readonly get: () => T
  readonly subscribe: (listener: () => void) => () => void
}

export type WritableFeed<T> = Feed<T> & { readonly set: (next: T) => void }

export const createFeed = <T>(initial: T): WritableFeed<T> => createLazyFeed(() => initial)

/** The first value is made when it is first asked for. */
export const createLazyFeed = <T>(first: () => T): WritableFeed<T> => {
  let known: { readonly value: T } | null = null
  const listeners = new Set<() => void>()
  return {
    get: () => {
      known ??= { value: first() }
      return known.value
    },
    set: (next) => {
      if (known !== null && Object.is(next, known.value)) return
      known = { value: next }
      for (const listener of [...listeners]) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** Resolves when the value satisfies a condition; rejects when the signal aborts first. */
export const until = <T>(feed: Feed<T>, holds: (value: T) => boolean, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const settle = () => {
      if (!holds(feed.get())) return
      stop()
      resolve(feed.get())
    }
    const abort = () => {
      stop()
      reject(signal.reason)
    }
    const unsubscribe = feed.subscribe(settle)
    const stop = () => {
      unsubscribe()
      signal.removeEventListener('abort', abort)
    }
    signal.addEventListener('abort', abort)
    if (signal.aborted) abort()
    else settle()
  })
