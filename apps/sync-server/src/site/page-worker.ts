import { workerData } from 'node:worker_threads'
import { printPicture } from '@stet/picture/print-picture'
import { sitePageAt } from '@stet/render/site-pages'
import { openDeskDatabase } from '../desk-database.ts'
import { recorded } from '../revisions/recorded.ts'
import { createSqliteRevisions } from '../revisions/sqlite-revisions.ts'
import { createArchive } from './archive.ts'
import { codedBytes } from './coded-bytes.ts'
import type { PageAsked, RenderedPage } from './rendered-page.ts'

// A pool hands its threads a list: what concerns the pool, and what it was given for them.
const [, { database }] = workerData as [unknown, { database: string }]
const revisions = createSqliteRevisions(openDeskDatabase(database), () => undefined)
const record = recorded(revisions, createArchive(revisions))

const renderPage = ({ path, site }: PageAsked): RenderedPage | null => {
  const page = sitePageAt(record, path, site, printPicture)
  if (page === null) return null
  const { mediaType, status, isLasting, isOpen } = page
  return { mediaType, status, isLasting, isOpen, ...codedBytes(page.render()) }
}

/** @public for the pool */
export default renderPage
