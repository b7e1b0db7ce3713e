import type { CloseName } from '@stet/schema/contract/sync'
import type { Page } from '../page.ts'
import type { Wire } from '../wire.ts'

/** One way to hurt a room, tried by Eve, who may write in it. Ada and Bo are in it and do nothing wrong. */
export type Adversary = {
  readonly name: string
  /** What it did to bare Yjs (13.6.33) and the servers around it. */
  readonly did: string
  /** The gate's answer; `passed over`: nothing comes of it, and Eve stays. */
  readonly answer: CloseName | 'passed over'
  readonly role?: 'editor' | 'viewer'
  readonly attack: (scene: { readonly eve: Wire; readonly ada: Page; readonly bo: Page }) => void | Promise<void>
}

/** Eve's own client id in all cases. */
export const EVE = 66_666
