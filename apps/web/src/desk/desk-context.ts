import { createContext, use } from 'react'
import type { Replica } from '../replica/replica.ts'

/** What every room of an open desk works on. */
export type Desk = {
  readonly replica: Replica
  /** Null, or why nothing may be changed. */
  readonly readOnly: string | null
  /** The script is on the screen: now comes what takes long. */
  readonly isPainted: boolean
}

export const DeskContext = createContext<Desk | null>(null)

export const useDesk = (): Desk => {
  const desk = use(DeskContext)
  if (desk === null) throw new Error('this stands on an open desk')
  return desk
}
