import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { MAX_AUDIO_BYTES } from '@stet/schema/contract/audio'
import type { Logger } from 'pino'
import { createPasswordHasher } from './access/password-hash.ts'
import { createSqliteAccess } from './access/sqlite-access.ts'
import { openFolderAudioStore } from './audio/folder-audio-store.ts'
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
/** Milliseconds without a byte after which a recording comes no more. */
const UPLOAD_PATIENCE = 60_000

/** The embedded adapters: everything in SQLite files of one folder. */
export const openAdapters = async (
  folder: string,
  needs: { clock: Clock; logger: Logger; metrics: Metrics; name: string },
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
  const pages = openPageRenderer(files.desk)
  const adapters = {
    log,
    pool,
    historyPool,
    showSettings: createSqliteShowSettings(desk, needs.name),
    moments: createSqliteNamedMoments(desk),
    access: createSqliteAccess(desk, needs.clock),
    audit: createSqliteAuditLog(desk, needs.clock),
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
    catalogueFile: files.catalogue,
    deskFolder: fileURLToPath(new URL('../../web/dist/', import.meta.url)),
    ...needs,
  }
  return {
    adapters,
    close: async () => {
      await Promise.all([pool.close(), historyPool.close(), pages.close()])
      await log.close()
      desk.close()
    },
  }
}
