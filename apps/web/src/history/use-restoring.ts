import type { ScriptEditor } from '@stet/editor/script-editor'
import type { Dispatch } from '@stet/schema/layout/open-dispatch'
import type { Signature } from '@stet/schema/layout/restore'
import { useCallback, useEffect, useMemo, useState } from 'react'

/** What was restored last, in words; until this person's next act. */
export type Restoring = {
  readonly last: string | null
  /** Runs acts as one step that one undo takes back; false when nothing may be written. */
  readonly restore: (said: string, acts: (signature: Signature) => void) => boolean
  readonly undo: () => void
}

export const useRestoring = ({ doc }: Dispatch, editor: ScriptEditor | null): Restoring => {
  const [last, setLast] = useState<string | null>(null)
  useEffect(() => {
    if (last === null) return
    const forget = ({ local, origin }: { local: boolean; origin: unknown }) => {
      if (local && origin !== null) setLast(null)
    }
    doc.on('afterTransaction', forget)
    return () => doc.off('afterTransaction', forget)
  }, [doc, last])

  const restore = useCallback(
    (said: string, acts: (signature: Signature) => void) => {
      const did = editor?.act(acts) ?? false
      if (did) setLast(said)
      return did
    },
    [editor],
  )
  const undo = useCallback(() => {
    setLast(null)
    editor?.undo()
  }, [editor])
  return useMemo(() => ({ last, restore, undo }), [last, restore, undo])
}
