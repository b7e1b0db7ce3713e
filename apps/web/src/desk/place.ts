import type { Finding } from '@stet/schema/finding'
import type { Snapshot } from '@stet/schema/snapshot'

/** Where on the desk something stands. */
export type Place =
  | { readonly in: 'script'; readonly block: string | null }
  | { readonly in: 'source'; readonly id: string }
  | { readonly in: 'speakers' }
  | { readonly in: 'field'; readonly name: string }

/** The place of a path into a snapshot, as findings and problems name it. */
export const placeOf = (path: Finding['path'], snapshot: Snapshot): Place => {
  const [root, index] = path
  const at = typeof index === 'number' ? index : -1
  if (root === 'body') return { in: 'script', block: snapshot.body[at]?.id ?? null }
  if (root === 'sources') {
    const source = snapshot.sources[at]
    return source ? { in: 'source', id: source.id } : { in: 'script', block: null }
  }
  if (root === 'speakers') return { in: 'speakers' }
  if (root === 'quote') return { in: 'field', name: index === 'name' ? 'quoteName' : index === 'role' ? 'quoteRole' : 'quote' }
  if (root === 'byline') return { in: 'field', name: index === 'handle' ? 'bylineHandle' : 'bylineRole' }
  return { in: 'field', name: String(root ?? 'title') }
}
