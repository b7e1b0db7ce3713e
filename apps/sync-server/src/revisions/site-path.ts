import { titleSlug } from '@stet/schema/address'
import type { Snapshot } from '@stet/schema/snapshot'
import { formatNumber } from '@stet/schema/timeline'

/** A title without a Latin letter or digit gives `essay`. */
const slugOf = (title: string): string => titleSlug(title) || 'essay'

/** The paths a snapshot may take at its first publication, best first. A dispatch has one, an essay always finds one. */
export function* pathsFor({ kind, number, title }: Snapshot): Generator<string> {
  if (kind === 'dispatch') {
    yield `/dispatches/${formatNumber(number ?? 0)}/`
    return
  }
  yield `/essays/${slugOf(title)}/`
  for (let next = 2; ; next++) yield `/essays/${slugOf(title)}-${next}/`
}
