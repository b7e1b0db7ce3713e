import type { Show } from '@stet/schema/show'

/** The show's settings, each state of them under a number of its own, so that nobody overwrites what they have not seen. */
export type ShowSettings = {
  readonly get: () => StoredShow
  /** `seen`: the number that who writes has seen. */
  readonly change: (show: Show, seen: number) => ChangeOutcome
}

export type ChangeOutcome =
  | { readonly ok: true; readonly number: number }
  /** Somebody else has changed them meanwhile. */
  | { readonly ok: false; readonly found: number }

/** `number` 0: nobody has changed anything yet. */
export type StoredShow = { readonly show: Show; readonly number: number }
