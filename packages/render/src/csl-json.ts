import { followableUrl } from '@stet/schema/link'
import type { Snapshot, Source } from '@stet/schema/snapshot'
import { citedWork } from './cited-work.ts'

/** The sources as CSL-JSON. What CSL has no field for stands in `custom`, under our own names. */
export const renderCslJson = ({ sources }: Snapshot): string => `${JSON.stringify(sources.map(cslItem), null, 2)}\n`

const cslItem = (source: Source) => {
  const { type, author, container } = citedWork(source)
  const url = followableUrl(source.url)
  const custom = written({
    kind: source.kind,
    tier: source.tier ?? '',
    // An address that leads nowhere is no URL.
    ...(url === null ? { address: source.url } : {}),
    citedText: source.citedText,
    context: source.context,
    keyPoints: source.keyPoints,
  })
  return {
    id: source.id,
    type,
    ...written({
      title: source.title,
      author: author === '' ? [] : [{ literal: author }],
      'container-title': container,
      URL: url === null ? '' : source.url,
      abstract: source.description,
      note: source.claim,
    }),
    ...(Object.keys(custom).length === 0 ? {} : { custom }),
  }
}

const written = (fields: Record<string, string | readonly unknown[]>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value.length > 0))
