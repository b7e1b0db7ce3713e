import type { ScriptEditor } from '@stet/editor/script-editor'
import { useEffect, useState } from 'react'

/** Id of the block in the middle of the page, renewed while one scrolls; at the very end, of the last block. */
export const useBlockInView = (editor: ScriptEditor | null): string | null => {
  const [block, setBlock] = useState<string | null>(null)

  useEffect(() => {
    const page = editor?.view.dom.closest('.sheet-scroll')
    if (!editor || !page) return
    let frame = 0
    const look = () => {
      frame = 0
      const { top, height } = page.getBoundingClientRect()
      const isAtEnd = page.scrollTop > 0 && page.scrollTop + height >= page.scrollHeight - 1
      setBlock(editor.blockAtHeight(isAtEnd ? Number.MAX_SAFE_INTEGER : top + height / 2 + 1))
    }
    const scrolled = () => {
      if (frame === 0) frame = requestAnimationFrame(look)
    }
    look()
    page.addEventListener('scroll', scrolled, { passive: true })
    return () => {
      page.removeEventListener('scroll', scrolled)
      cancelAnimationFrame(frame)
    }
  }, [editor])

  return block
}
