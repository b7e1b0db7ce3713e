import { createCounter } from '@stet/editor/counts'
import type { ScriptEditor } from '@stet/editor/script-editor'
import { useMemo, useSyncExternalStore } from 'react'
import { useDesk } from '../desk/desk-context.ts'
import { useObserved } from '../react/use-observed.ts'
import { countsText } from './counts-text.ts'

/** How long the script is, and the selection when there is one. */
export const WordCount = ({ editor }: { editor: ScriptEditor }) => {
  const { meta } = useDesk().replica.dispatch
  useObserved(meta)
  const hasTurns = meta.get('kind') !== 'essay'
  const read = useMemo(() => {
    const count = createCounter()
    return () => countsText(count(editor.view.state), hasTurns)
  }, [editor, hasTurns])
  return <p className="word-count">{useSyncExternalStore(editor.subscribe, read)}</p>
}
