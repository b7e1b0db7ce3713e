import { useEffect, useEffectEvent } from 'react'

/** Where motion is not wanted, the next turn comes to the mark when the time for this one is over. */
export const useTurnByTurn = (isOn: boolean, reading: string | null, seconds: number, onOver: () => void) => {
  const over = useEffectEvent(onOver)
  useEffect(() => {
    if (!isOn || reading === null) return
    const timer = setTimeout(() => over(), seconds * 1_000)
    return () => clearTimeout(timer)
  }, [isOn, reading, seconds])
}
