import { type BodyBlock, blockById } from '@stet/schema/layout/body-view'
import { Seconds } from '@stet/schema/snapshot'
import type { Binding } from './binding.ts'
import type { Signature } from './translate-transaction.ts'

/** Turns and chapters are timed; what an essay is made of is not. */
export const hasStart = (block: BodyBlock): boolean => block.kind === 'turn' || block.kind === 'chapter'

/** Records the start of a turn or chapter, in whole seconds; null unlocks it, and it is estimated again. One step to undo. */
export const recordStart = (
  { binding, signature }: { readonly binding: Binding; readonly signature: Signature },
  id: string,
  start: number | null,
): boolean => {
  const block = blockById(binding.view(), id)
  if (!block || !hasStart(block) || (start !== null && !Seconds.safeParse(start).success)) return false
  if ((block.start ?? null) === start) return false
  binding.undoManager.stopCapturing()
  binding.act(() => binding.body.setFields(id, { start }, signature.origin))
  binding.undoManager.stopCapturing()
  return true
}
