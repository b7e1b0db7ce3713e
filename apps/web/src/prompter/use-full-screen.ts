import { useCallback, useEffect, useRef } from 'react'
import { enterFullScreen, isFullScreen, leaveFullScreen } from './full-screen.ts'

/**
 * Answers how to enter and leave the full screen. There the browser keeps Escape to itself: where there is a keyboard,
 * who leaves the one by that key leaves the other, unless it was meant for a dialog.
 */
export const useFullScreen = (onEscape: () => void): (() => void) => {
  const isToggled = useRef(false)

  useEffect(() => {
    const changed = () => {
      const isElsewhere = document.activeElement?.closest('[role="dialog"]') != null
      if (!isFullScreen() && !isToggled.current && !isElsewhere && matchMedia('(pointer: fine)').matches) onEscape()
      isToggled.current = false
    }
    document.addEventListener('fullscreenchange', changed)
    return () => {
      document.removeEventListener('fullscreenchange', changed)
      leaveFullScreen()
    }
  }, [onEscape])

  return useCallback(() => {
    isToggled.current = true
    if (isFullScreen()) leaveFullScreen()
    else enterFullScreen()
  }, [])
}
