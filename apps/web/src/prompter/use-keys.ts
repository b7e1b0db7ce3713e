import { type RefObject, useEffect } from 'react'
import { actOfKey, type PrompterKeyAct } from './prompter-keys.ts'

/** The keys of the prompter, heard while the focus is in it; a click on the text starts and pauses. */
export const useKeys = (root: RefObject<HTMLElement | null>, run: (act: PrompterKeyAct) => void) => {
  useEffect(() => {
    const page = root.current
    const onKey = (event: KeyboardEvent) => {
      const act = actOfKey(event)
      const pressesButton = event.key === ' ' && event.target instanceof Element && event.target.closest('button') !== null
      if (act === null || pressesButton) return
      event.preventDefault()
      run(act)
    }
    const onClick = (event: MouseEvent) => {
      const isText = event.target instanceof Element && event.target.closest('.prompter-stage') !== null
      if (isText && (getSelection()?.isCollapsed ?? true)) run('start or pause')
    }
    page?.addEventListener('keydown', onKey)
    page?.addEventListener('click', onClick)
    return () => {
      page?.removeEventListener('keydown', onKey)
      page?.removeEventListener('click', onClick)
    }
  }, [root, run])
}
