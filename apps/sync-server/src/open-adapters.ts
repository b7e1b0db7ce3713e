import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { MAX_ARTWORK_BYTES } from '@stet/schema/contract/artwork'
import { MAX_AUDIO_BYTES } from '@stet/schema/contract/audio'
import type { Logger } from 'pino'
import { createPasswordHasher } from './access/password-hash.ts'
import type { PeopleDatabase } from './access/people-database.ts'
import { createSqlAccess } from './access/sql-access.ts'
import { openFolderArtworkStore } from './artwork/folder-artwork-store.ts'
import { openFolderAudioStore } from './audio/folder-audio-store.ts'
import { openAuditHead } from './audit/audit-head.ts'
import { createSqliteAuditLog } from './audit/sqlite-audit-log.ts'
import type { Clock } from './clock.ts'
import { dataFiles, prepareDataFolder } from './data-folder.ts'
import { createDecodePool } from './decode/decode-pool.ts'
import { openDeskDatabase } from './desk-database.ts'
import { createSqliteNamedMoments } from './history/sqlite-named-moments.ts'
import { createSqliteKeptAnswers } from './http/sqlite-kept-answers.ts'
import { openSqliteLog } from './log/sqlite-log.ts'
import type { Damage } from './log/update-log.ts'
import type { Metrics } from './metrics/metrics.ts'
import { createSqliteRevisions } from './revisions/sqlite-revisions.ts'
import { createSqliteSteps } from './revisions/sqlite-steps.ts'
import type { Adapters } from './server.ts'
import { createSqliteShowSettings } from './show/sqlite-show-settings.ts'
import { openPageRenderer } from './site/page-renderer.ts'
import { createSqliteWebhooks } from './webhooks/sqlite-webhooks.ts'

/** Milliseconds that one look at what was may take. 100,000 entries take two to four seconds. */
const HISTORY_DEADLINE = 60_000
/** Milliseconds without a byte after which an upload comes no more. */
const UPLOAD_PATIENCE = 60_000

/** The embedded adapters: everything but people in SQLite files of one folder. People are closed with them. */
export const openAdapters = async (
  folder: string,
  { people, ...needs }: { clock: Clock; logger: Logger; metrics: Metrics; name: string; people: PeopleDatabase },
): Promise<{ adapters: Adapters; close: () => Promise<void> }> => {
  prepareDataFolder(folder)
  const files = dataFiles(folder)
  const desk = openDeskDatabase(files.desk)
  const onDamaged = (room: string, { seq, kind, message }: Damage) => {
    needs.metrics.damaged()
    needs.logger.error(
      { room, seq, kind, message },
      'a dispatch is damaged: its last sound state is shown read-only; see docs/operations.md',
    )
  }
  const log = await openSqliteLog({ database: files.log, heads: files.heads }, { onDamaged })
  const pool = createDecodePool(Math.max(1, Math.min(4, availableParallelism() - 1)))
  const historyPool = createDecodePool(1, HISTORY_DEADLINE)
  const webhooks = createSqliteWebhooks(desk)
  const auditHead = openAuditHead(files.auditHead, ({ message }) =>
    needs.logger.error({ message }, 'the head of the audit log could not be written: its end is not guarded'),
  )
  const pages = openPageRenderer(files.desk)
  const adapters = {
    log,
    pool,
    historyPool,
    showSettings: createSqliteShowSettings(desk, needs.name),
    moments: createSqliteNamedMoments(desk),
    access: createSqlAccess(people, needs.clock),
    audit: createSqliteAuditLog(desk, needs.clock, auditHead),
    hasher: createPasswordHasher(),
    revisions: createSqliteRevisions(desk, webhooks.note),
    steps: createSqliteSteps(desk),
    webhooks,
    keptAnswers: createSqliteKeptAnswers(desk),
    pages,
    audio: openFolderAudioStore({
      folder: files.audio,
      incoming: files.audioIncoming,
      maxBytes: MAX_AUDIO_BYTES,
      patience: UPLOAD_PATIENCE,
    }),
    artwork: openFolderArtworkStore({
      desk,
      folder: files.artwork,
      incoming: files.artworkIncoming,
      maxBytes: MAX_ARTWORK_BYTES,
      patience: UPLOAD_PATIENCE,
    }),
    catalogueFile: files.catalogue,
    deskFolder: fileURLToPath(new URL('../../web/dist/', import.meta.url)),
    ...needs,
  }
  return {
    adapters,
    close: async () => {
      await Promise.all([pool.close(), historyPool.close(), pages.close()])
      await log.close()
      auditHead.close()
      await people.close()
      desk.close()
    },
  }
}
