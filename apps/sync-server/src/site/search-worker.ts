import { workerData } from 'node:worker_threads'
import { fileKinds } from '@stet/render/file-kinds'
import { renderSearch } from '@stet/render/search-page'
import { openDeskDatabase } from '../desk-database.ts'
import { createSqliteRevisions } from '../revisions/sqlite-revisions.ts'
import { createArchive } from './archive.ts'
import { codedBytes } from './coded-bytes.ts'
import type { RenderedPage, SearchAsked } from './rendered-page.ts'

// A pool hands its threads a list: what concerns the pool, and what it was given for them.
const [, { database }] = workerData as [unknown, { database: string }]
const archive = createArchive(createSqliteRevisions(openDeskDatabase(database), () => undefined))

const renderFound = ({ words, site }: SearchAsked): RenderedPage => ({
  mediaType: fileKinds.html.mediaType,
  status: 200,
  isLasting: false,
  isOpen: false,
  ...codedBytes(renderSearch(words, archive.texts(), site)),
})

/** @public for the pool */
export default renderFound
