import type { ScriptEditor } from '@stet/editor/script-editor'
import { pickSuggestion, SUGGESTION_LIST_ID, suggestionOf, suggestionOptionId } from '@stet/editor/suggest/suggest'
import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import { ChoiceRow, groupsOf } from '../palette/choice-row.tsx'
import { placeBeside } from './place-beside.ts'

/** The menu at the caret. The caret stays in the script, which names the list and the active choice to screen readers. */
export const SuggestionMenu = ({ editor }: { editor: ScriptEditor }) => {
  const open = useSyncExternalStore(editor.subscribe, () => suggestionOf(editor.view.state))
  const box = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const from = open?.typed.from ?? null
  const choicesNow = open?.choices

  // Placed anew when the list grows or shrinks, too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the choices decide the height
  useLayoutEffect(() => {
    if (from === null) return
    const place = () => box.current && list.current && placeBeside(box.current, list.current, editor.view.coordsAtPos(from))
    place()
    addEventListener('scroll', place, { capture: true, passive: true })
    visualViewport?.addEventListener('resize', place)
    return () => {
      removeEventListener('scroll', place, { capture: true })
      visualViewport?.removeEventListener('resize', place)
    }
  }, [editor, from, choicesNow])

  useEffect(() => {
    if (open && open.active >= 0) document.getElementById(suggestionOptionId(open.active))?.scrollIntoView({ block: 'nearest' })
  }, [open])

  if (!open) return null
  const { choices, active, menu } = open
  return createPortal(
    // biome-ignore lint/a11y/noStaticElementInteractions: a press on it must not take the focus from the script
    <div ref={box} className="suggestions" onMouseDown={(event) => event.preventDefault()}>
      <div ref={list} role="listbox" id={SUGGESTION_LIST_ID} aria-label={menu.name} tabIndex={0} className="popover">
        {groupsOf(choices).map(({ id, name, choices: inGroup }) => {
          const options = inGroup.map((choice) => {
            const index = choices.indexOf(choice)
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the script has the focus and hears the keys
              <div
                key={choice.id}
                id={suggestionOptionId(index)}
                role="option"
                aria-selected={index === active}
                className="choice-row"
                onClick={() => pickSuggestion(editor.view, index)}
              >
                <ChoiceRow choice={choice} />
              </div>
            )
          })
          return name === '' ? (
            options
          ) : (
            // biome-ignore lint/a11y/useSemanticElements: a group of options is no fieldset
            <div key={id} role="group" aria-label={name}>
              <div className="choice-group" aria-hidden="true">
                {name}
              </div>
              {options}
            </div>
          )
        })}
      </div>
      <p className="visually-hidden" role="status">
        {choices.length === 1 ? '1 choice' : `${choices.length} choices`}
      </p>
    </div>,
    document.body,
  )
}
