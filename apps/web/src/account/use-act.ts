import type { Outcome } from '@stet/schema/contract/client'
import { useState } from 'react'
import { whyNot } from './answer-words.ts'

export type Act = {
  readonly isBusy: boolean
  /** What is said after it: that it was done, or why not. */
  readonly said: { readonly text: string; readonly isFault: boolean } | null
  readonly run: (act: () => Promise<Outcome<unknown> | string | null>, done: string) => Promise<boolean>
}

/** Something one asks of the server with a button. A text that `run` is given back is why it was not done. */
export const useAct = (after: () => void = () => {}): Act => {
  const [isBusy, setBusy] = useState(false)
  const [said, setSaid] = useState<Act['said']>(null)
  return {
    isBusy,
    said,
    run: async (act, done) => {
      setBusy(true)
      const outcome = await act()
      setBusy(false)
      const fault = typeof outcome === 'string' ? outcome : outcome === null || outcome.ok ? null : whyNot(outcome)
      setSaid({ text: fault ?? done, isFault: fault !== null })
      after()
      return fault === null
    },
  }
}
