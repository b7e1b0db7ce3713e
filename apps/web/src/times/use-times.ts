import type { ScriptEditor } from '@stet/editor/script-editor'
import type { Times } from '@stet/editor/script-times'
import { useSyncExternalStore } from 'react'

/** When everything in the open script is said; null until the editor has reckoned it. */
export const useTimes = (editor: ScriptEditor | null): Times | null =>
  useSyncExternalStore(editor?.times.subscribe ?? nothingToHear, editor?.times.get ?? nothing)

const nothing = () => null
const nothingToHear = () => () => undefined
