import type { ScriptEditor } from '@stet/editor/script-editor'
import { statedSpeech } from '@stet/schema/show'
import { useEffect } from 'react'
import { useServices } from '../react/services-context.ts'
import { useFeed } from '../react/use-feed.ts'
import { showNow } from '../replica/session-store.ts'

/** Teaches the editor the paces that the show states, and those that its other dispatches have recorded, as far as this device knows them. */
export const useLearntPaces = (editor: ScriptEditor | null, open: string): void => {
  const { library, sessions } = useServices()
  const shelf = useFeed(library.shelf)
  useEffect(() => {
    const stated = statedSpeech(showNow(sessions).speakers)
    editor?.learn([...stated, ...shelf.flatMap(({ id, speech = [] }) => (id === open ? [] : speech))])
  }, [editor, shelf, sessions, open])
}
