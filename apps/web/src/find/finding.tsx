import { goToMatch } from '@stet/editor/find/find'
import type { ScriptEditor } from '@stet/editor/script-editor'
import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { useCommands } from '../commands/commands-context.ts'
import type { DeskCommand } from '../commands/desk-command.ts'
import { later, useAhead } from '../react/later.tsx'

const FindBar = later(async () => (await import('./find-bar.tsx')).FindBar)

/** Mod-F: the bar over the script, with what is selected or was looked for last. */
export const Finding = ({ editor, scroller }: { editor: ScriptEditor; scroller: RefObject<HTMLElement | null> }) => {
  useAhead(FindBar)
  const [isOpen, setOpen] = useState(false)
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const place = useRef<HTMLDivElement>(null)

  // The bar takes room from the script, yet what one reads stays where it is.
  useLayoutEffect(() => {
    const [height, sheet] = [place.current?.offsetHeight ?? 0, scroller.current]
    if (!isOpen || sheet === null) return
    sheet.scrollTop += height
    return () => {
      sheet.scrollTop -= height
    }
  }, [isOpen, scroller])

  const open = () => {
    const selected = selectedText(editor)
    if (selected !== null) setText(selected)
    setOpen(true)
    field.current?.focus()
    field.current?.select()
  }
  const command = (id: string, label: string, keys: string, run: () => void): DeskCommand => ({
    id,
    label,
    keys: [keys],
    group: 'Script',
    heard: 'in the script',
    run,
  })
  useCommands(() => [
    { ...command('find', 'Find and replace', 'Mod-f', open), words: 'search' },
    ...(isOpen
      ? [
          command('findNext', 'Next match', 'Mod-g', () => goToMatch(editor.view, 1)),
          command('findPrevious', 'Previous match', 'Shift-Mod-g', () => goToMatch(editor.view, -1)),
        ]
      : []),
  ])
  return isOpen ? (
    <div ref={place} className="find-place">
      <FindBar editor={editor} field={field} text={text} onText={setText} onClose={() => setOpen(false)} />
    </div>
  ) : null
}

/** A selection within one block, when it is short enough to be looked for. */
const selectedText = ({ view: { state } }: ScriptEditor): string | null => {
  const { $from, $to, from, to } = state.selection
  if (from === to || !$from.sameParent($to) || to - from > 80) return null
  return state.doc.textBetween(from, to)
}
