import type { Snapshot } from '@stet/schema/snapshot'
import { formatNumber } from '@stet/schema/timeline'

const MAX_SLUG = 80

/** `What Happened, and When?` -> `what-happened-and-when`; a title without a Latin letter or digit gives `essay`. */
const slugOf = (title: string): string => {
  const slug = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_SLUG)
    .replace(/^-+|-+$/g, '')
  return slug === '' ? 'essay' : slug
}

/** The paths a snapshot may take at its first publication, best first. A dispatch has one, an essay always finds one. */
export function* pathsFor({ kind, number, title }: Snapshot): Generator<string> {
  if (kind === 'dispatch') {
    yield `/dispatches/${formatNumber(number ?? 0)}/`
    return
  }
  yield `/essays/${slugOf(title)}/`
  for (let next = 2; ; next++) yield `/essays/${slugOf(title)}-${next}/`
}
