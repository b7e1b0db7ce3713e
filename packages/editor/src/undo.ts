import type * as Y from 'yjs'
import type { Binding } from './binding.ts'
import { pointOfRelative } from './relative-points.ts'

const SELECTION = 'stet-selection'

/**
 * Undo and redo of one's own acts, structure included; the caret goes back to where it was before them.
 * Several letters typed in one go are one step; a structural act is a step of its own (`stopCapturing` around it).
 */
export const createUndo = (binding: Binding) => {
  const { undoManager, body } = binding
  const onAdded = (event: { stackItem: { meta: Map<unknown, unknown> } }) => {
    // The act is in the body but not yet in the document, so this is still the selection from before it.
    if (!event.stackItem.meta.has(SELECTION)) event.stackItem.meta.set(SELECTION, binding.selection().head)
  }
  let returning: Y.RelativePosition | null = null
  const onPopped = (event: { stackItem: { meta: Map<unknown, unknown> } }) => {
    returning = (event.stackItem.meta.get(SELECTION) as Y.RelativePosition | undefined) ?? null
  }
  undoManager.on('stack-item-added', onAdded)
  undoManager.on('stack-item-popped', onPopped)

  const goBack = (step: 'undo' | 'redo'): boolean => {
    const stack = step === 'undo' ? undoManager.undoStack : undoManager.redoStack
    if (stack.length === 0) return false
    binding.act(
      () => undoManager[step](),
      () => returning && pointOfRelative(body.text, body.read(), returning),
    )
    return true
  }

  return {
    undo: () => goBack('undo'),
    redo: () => goBack('redo'),
  }
}
