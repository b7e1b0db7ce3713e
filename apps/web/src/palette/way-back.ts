import { useEffect, useRef } from 'react'

/** Gives the focus back to where it was when the dialog has gone, and only then does what was asked for. */
export const useWayBack = (isOpen: boolean) => {
  const opener = useRef<HTMLElement | null>(null)
  const next = useRef<(() => void) | null>(null)
  useEffect(() => {
    if (isOpen) return
    opener.current?.focus({ preventScroll: true })
    opener.current = null
    next.current?.()
    next.current = null
  }, [isOpen])
  return {
    remember: () => {
      opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null
    },
    leaveFor: (run: (() => void) | null) => {
      next.current = run
    },
  }
}
