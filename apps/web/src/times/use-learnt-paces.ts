import type { ScriptEditor } from '@stet/editor/script-editor'
import { useEffect } from 'react'
import { useServices } from '../react/services-context.ts'
import { useFeed } from '../react/use-feed.ts'

/** Teaches the editor the paces that the other dispatches of the show have recorded, as far as this device knows them. */
export const useLearntPaces = (editor: ScriptEditor | null, open: string): void => {
  const shelf = useFeed(useServices().library.shelf)
  useEffect(() => {
    editor?.learn(shelf.flatMap(({ id, speech = [] }) => (id === open ? [] : speech)))
  }, [editor, shelf, open])
}
