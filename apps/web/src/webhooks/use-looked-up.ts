import { useCallback, useEffect, useState } from 'react'

/** What was last answered, and what to do to ask again. `every`: milliseconds until that is done by itself. */
export const useLookedUp = <T>(look: () => Promise<T>, every: (answer: T) => number | null): [T | null, () => Promise<void>] => {
  const [answer, setAnswer] = useState<T | null>(null)
  const again = useCallback(async () => setAnswer(await look()), [look])
  const pause = answer === null ? null : every(answer)

  useEffect(() => void again(), [again])
  useEffect(() => {
    if (pause === null || answer === null) return
    const timer = setTimeout(() => void again(), pause)
    return () => clearTimeout(timer)
  }, [answer, again, pause])
  return [answer, again]
}
