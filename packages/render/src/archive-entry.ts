import type { RevisionFacts } from '@stet/schema/revision'
import type { Snapshot } from '@stet/schema/snapshot'
import { sourceAnchor } from './anchors.ts'
import { bylineOf, descriptionOf, designationOf } from './masthead.ts'
import { hostOf, speakerSlug } from './site-paths.ts'
import { titleOf } from './source-words.ts'

/** The newest revision of one dispatch or essay. */
export type RevisionSummary = { readonly facts: RevisionFacts; readonly snapshot: Snapshot }

/** What the pages of the show say of a dispatch or essay: little, so that a site can hold it of every one. */
export type ArchiveEntry = {
  readonly path: string
  readonly publishedAt: string
  readonly kind: Snapshot['kind']
  readonly title: string
  readonly designation: string
  /** The day it tells of, else the day it was published. */
  readonly date: string
  readonly byline: string
  readonly hasAudio: boolean
  readonly blurb: string
  /** Greater is newer; no two are equal. */
  readonly order: string
  /** Those who speak in it. */
  readonly speakers: readonly { readonly slug: string; readonly name: string }[]
  /** Those that stand on the web. */
  readonly sources: readonly { readonly host: string; readonly title: string; readonly path: string }[]
}

export const archiveEntry = ({ facts, snapshot }: RevisionSummary): ArchiveEntry => {
  const date = snapshot.date ?? facts.publishedAt.slice(0, 10)
  return {
    path: facts.path,
    publishedAt: facts.publishedAt,
    kind: snapshot.kind,
    title: snapshot.title === '' ? 'Untitled' : snapshot.title,
    designation: designationOf(snapshot),
    date,
    byline: bylineOf(snapshot),
    hasAudio: snapshot.audio !== undefined,
    blurb: descriptionOf(snapshot),
    order: [date, String(snapshot.number ?? 0).padStart(6, '0'), facts.path].join(' '),
    speakers: voicesOf(snapshot),
    sources: snapshot.sources.flatMap((source, index) => {
      const host = hostOf(source)
      return host === null ? [] : [{ host, title: titleOf(source), path: `${facts.path}#${sourceAnchor(index + 1)}` }]
    }),
  }
}

/** Who speaks in it, each once, in the order of its list. */
export const voicesOf = ({ speakers, body }: Snapshot): ArchiveEntry['speakers'] => {
  const speaking = new Set(body.flatMap((block) => (block.kind === 'turn' && block.content.length > 0 ? [block.speaker] : [])))
  const nameBySlug = new Map<string, string>()
  for (const { id, name } of speakers) {
    const slug = speaking.has(id) ? speakerSlug(name) : null
    if (slug !== null && !nameBySlug.has(slug)) nameBySlug.set(slug, name)
  }
  return [...nameBySlug].map(([slug, name]) => ({ slug, name }))
}

export const newestFirst = (entries: readonly ArchiveEntry[]): ArchiveEntry[] =>
  [...entries].sort((a, b) => (a.order < b.order ? 1 : a.order > b.order ? -1 : 0))

/** Everything in which somebody speaks, under the name they bore last. */
export type Speaker = { readonly slug: string; readonly name: string; readonly entries: readonly ArchiveEntry[] }

/** Everything that cites something from one place of the web. */
export type Host = { readonly host: string; readonly entries: readonly ArchiveEntry[] }

/** By slug, in the order of the slugs. */
export const speakersOf = (entries: readonly ArchiveEntry[]): Speaker[] => {
  const bySlug = new Map<string, { slug: string; name: string; entries: ArchiveEntry[] }>()
  for (const entry of newestFirst(entries))
    for (const { slug, name } of entry.speakers) {
      const known = bySlug.get(slug)
      if (known === undefined) bySlug.set(slug, { slug, name, entries: [entry] })
      else known.entries.push(entry)
    }
  return [...bySlug.values()].sort((a, b) => (a.slug < b.slug ? -1 : 1))
}

/** The most cited first. */
export const hostsOf = (entries: readonly ArchiveEntry[]): Host[] => {
  const byHost = new Map<string, ArchiveEntry[]>()
  for (const entry of newestFirst(entries))
    for (const host of new Set(entry.sources.map((source) => source.host))) {
      const citing = byHost.get(host)
      if (citing === undefined) byHost.set(host, [entry])
      else citing.push(entry)
    }
  return [...byHost]
    .map(([host, citing]) => ({ host, entries: citing }))
    .sort((a, b) => b.entries.length - a.entries.length || (a.host < b.host ? -1 : 1))
}
