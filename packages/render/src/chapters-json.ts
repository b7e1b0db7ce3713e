import { plainLine } from '@stet/schema/line-breaks'
import type { Site } from '@stet/schema/revision'
import { type Snapshot, spokenText } from '@stet/schema/snapshot'
import { timelineOf } from '@stet/schema/timeline'
import { anchorsOf } from './anchors.ts'
import type { Edition } from './edition.ts'
import { risingStarts } from './rising-starts.ts'

/** Chapters of podcast players (1.2). A published chapter leads to its place on the page. */
export const renderChaptersJson = ({ snapshot, revision }: Edition, site: Site): string => {
  const titled = titledChapters(snapshot)
  const timeline = timelineOf(snapshot)
  const anchors = anchorsOf(snapshot.body)
  const starts = risingStarts(titled.map(({ id }) => timeline.get(id)?.start ?? 0))
  const chapters = titled.map(({ id, title }, index) => ({
    startTime: (starts[index] ?? 0) / 1000,
    title,
    ...(revision === null ? {} : { url: `${site.url}${revision.path}#${anchors.get(id) ?? ''}` }),
  }))
  const title = plainLine(snapshot.title)
  return `${JSON.stringify({ version: '1.2.0', ...(title === '' ? {} : { title }), podcastName: site.name, chapters }, null, 2)}\n`
}

export const hasChapters = (snapshot: Snapshot): boolean => snapshot.kind === 'dispatch' && titledChapters(snapshot).length > 0

const titledChapters = ({ body }: Snapshot): { id: string; title: string }[] =>
  body.flatMap((block) => {
    const title = block.kind === 'chapter' ? plainLine(spokenText(block.content)) : ''
    return title === '' ? [] : [{ id: block.id, title }]
  })
