import { hereOf } from '@stet/editor/command-context'
import type { ScriptEditor } from '@stet/editor/script-editor'
import { formatShortClock } from '@stet/schema/timeline'
import { startFault } from '../times/start-fault.ts'

/** Records that the turn of the caret starts at a moment, and puts the caret into the next turn. Answers what is to be said. */
export const recordNow = (editor: ScriptEditor, seconds: number): string => {
  const here = hereOf(editor.context())
  const timeline = editor.times.get()?.timeline
  if (here === null || timeline === undefined || editor.isReadOnly()) return 'Put the caret into a turn.'
  const clock = formatShortClock(Math.floor(seconds))
  const fault = startFault(clock, here.block.id, timeline)
  if (fault !== null) return fault
  editor.recordStart(here.block.id, Math.floor(seconds))
  const next = here.shown.slice(here.index + 1).find(({ kind }) => kind === 'turn')
  if (next) editor.focusBlock(next.id)
  return next ? `Starts at ${clock}. The next turn waits for its start.` : `Starts at ${clock}. It is the last turn.`
}
