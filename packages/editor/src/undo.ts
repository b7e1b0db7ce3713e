import { pointOfRelative } from '@stet/schema/layout/body-points'
import * as Y from 'yjs'
import type { Binding, Place } from './binding.ts'

const SELECTION = 'stet-selection'

/**
 * Undo and redo of one's own acts, structure included; the selection goes back to what it was before them.
 * Several letters typed in one go are one step; a structural act is a step of its own (`stopCapturing` around it).
 */
export const createUndo = (binding: Binding) => {
  const { undoManager, body } = binding
  const onAdded = (event: { stackItem: { meta: Map<unknown, unknown> } }) => {
    // The act is in the body but not yet in the document, so this is still the selection from before it.
    if (!event.stackItem.meta.has(SELECTION)) event.stackItem.meta.set(SELECTION, binding.selection())
  }
  let returning: ReturnType<Binding['selection']> | null = null
  const onPopped = (event: { stackItem: { meta: Map<unknown, unknown> } }) => {
    returning = (event.stackItem.meta.get(SELECTION) as ReturnType<Binding['selection']> | undefined) ?? null
  }
  undoManager.on('stack-item-added', onAdded)
  undoManager.on('stack-item-popped', onPopped)

  const whereItWas = (): Place | null => {
    const view = body.read()
    const [anchor, head] = [returning?.anchor, returning?.head].map((end) => (end ? pointOfRelative(view, body.text, end) : null))
    return head ? { anchor: anchor ?? head, head } : null
  }

  const goBack = (step: 'undo' | 'redo'): boolean => {
    const stack = step === 'undo' ? undoManager.undoStack : undoManager.redoStack
    if (stack.length === 0) return false
    returning = null
    binding.act(() => undoManager[step](), whereItWas)
    return true
  }

  const asOneStep = (acts: () => void): void => {
    undoManager.stopCapturing()
    const before = undoManager.undoStack.length
    acts()
    const [first, ...later] = undoManager.undoStack.splice(before)
    if (first) {
      first.insertions = Y.mergeDeleteSets([first, ...later].map(({ insertions }) => insertions))
      first.deletions = Y.mergeDeleteSets([first, ...later].map(({ deletions }) => deletions))
      undoManager.undoStack.push(first)
    }
    undoManager.stopCapturing()
  }

  return {
    undo: () => goBack('undo'),
    redo: () => goBack('redo'),
    asOneStep,
  }
}
