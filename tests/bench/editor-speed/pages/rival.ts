import type { EditorView } from 'prosemirror-view'

export const rivalNames = ['floor', 'y-prosemirror', 'stet'] as const
export type RivalName = (typeof rivalNames)[number]

/** What is in the store of a rival: a document as JSON for the floor, rows of Yjs updates for the others. */
export type Stored = { readonly document: unknown; readonly rows: readonly Uint8Array[] }

/** One way to keep and edit a script in a browser. */
export type Rival = {
  /** Puts a script in the local store, in place of whatever was there. */
  readonly fill: (stored: Stored) => Promise<void>
  /** Opens what is in the local store; resolves with its content in the page. */
  readonly open: (mount: HTMLElement) => Promise<OpenEditor>
}

export type OpenEditor = {
  readonly view: EditorView
  /** Whether all of the script is in the page, not only what one sees of it first. */
  readonly isWhole: () => boolean
  /** A colleague's change has arrived. */
  readonly receive: (arrival: Arrival) => void
  /** A colleague's caret has arrived. */
  readonly receivePresence: (presence: Uint8Array) => void
}

/** A letter of a colleague: as a Yjs update, and in plain terms for the floor, which has no merging. */
export type Arrival = {
  readonly update: Uint8Array
  readonly block: number
  readonly offset: number
  readonly letter: string
}

/** What all rivals' views have in common. */
export const viewAttributes = { role: 'textbox', 'aria-label': 'Script', spellcheck: 'true', class: 'script' }
