import type { Site } from '@stet/schema/revision'
import type { Element } from 'hast'
import { h } from 'hastscript'
import type { ArchiveEntry, Host, Speaker } from './archive-entry.ts'
import { apart, renderFrame } from './chrome.ts'
import { countOf } from './count-words.ts'
import { entryElement, shelfElement } from './entry-elements.ts'
import { hostPath, speakerPath } from './site-paths.ts'

/** Everything in which somebody speaks. */
export const renderSpeaker = ({ slug, name, entries }: Speaker, site: Site): string =>
  gatheredPage(
    {
      title: name,
      description: `Every dispatch of ${site.name} in which ${name} speaks.`,
      path: speakerPath(slug),
      lead: `Speaks in ${countOf(entries)} of ${site.name}.`,
      entries: entries.map((entry) => entryElement(entry)),
    },
    site,
  )

/** Everything that was cited from one place of the web, and by what. */
export const renderHost = ({ host, entries }: Host, site: Site): string =>
  gatheredPage(
    {
      title: `What we cited from ${host}`,
      description: `Every source from ${host} on which ${site.name} rests.`,
      path: hostPath(host),
      lead: `Sources from ${host} stand in ${countOf(entries)}.`,
      entries: entries.map((entry) => entryElement(entry, [sourcesList(entry, host)])),
    },
    site,
  )

type Gathered = {
  readonly title: string
  readonly description: string
  readonly path: string
  readonly lead: string
  readonly entries: readonly Element[]
}

const gatheredPage = ({ title, description, path, lead, entries }: Gathered, site: Site): string =>
  renderFrame(
    {
      title,
      description,
      language: 'en',
      path,
      kind: 'website',
      main: h(
        'main',
        { id: 'main', className: ['home'] },
        apart([h('h1', title), h('p', { className: ['empty'] }, lead), shelfElement('Dispatches and essays', entries)]),
      ),
    },
    site,
  )

const sourcesList = (entry: ArchiveEntry, host: string): Element =>
  h(
    'ul',
    { className: ['cited-here'] },
    entry.sources.flatMap((source) => (source.host === host ? [h('li', h('a', { href: source.path }, source.title))] : [])),
  )
