import { createContext, use } from 'react'
import type { Replica } from '../replica/replica.ts'

/** What every room of an open desk works on. `readOnly`: null, or why nothing may be changed. */
export type Desk = { readonly replica: Replica; readonly readOnly: string | null }

export const DeskContext = createContext<Desk | null>(null)

export const useDesk = (): Desk => {
  const desk = use(DeskContext)
  if (desk === null) throw new Error('this stands on an open desk')
  return desk
}
