import { createHash, randomBytes } from 'node:crypto'
import { createWriteStream, mkdirSync, rmSync, statSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AUDIO_ENDINGS, AudioFile, audioFileName, audioTypeOf } from '@stet/schema/audio'
import { readAudioFacts } from './audio-facts.ts'
import type { AudioStore, Received } from './audio-store.ts'

type Options = {
  readonly folder: string
  /** For what is still coming in, on the same disk. */
  readonly incoming: string
  readonly maxBytes: number
  /** Milliseconds in which at least something has to come. */
  readonly patience: number
}

const FILE_NAME = new RegExp(`^[0-9a-f]{64}\\.(${Object.values(AUDIO_ENDINGS).join('|')})$`)

export const openFolderAudioStore = ({ folder, incoming, maxBytes, patience }: Options): AudioStore => {
  // What was coming in when the server ended comes no more.
  rmSync(incoming, { recursive: true, force: true })
  for (const each of [folder, incoming]) mkdirSync(each, { recursive: true, mode: 0o700 })

  const keep = async (draft: string, arrived: Arrived, name: string): Promise<Received> => {
    const facts = await readAudioFacts(draft)
    if (facts === null) return { ok: false, fault: 'not audio' }
    const audio = AudioFile.parse({ kind: 'file', ...arrived, ...facts, name })
    await rename(draft, join(folder, audioFileName(audio)))
    await syncNames(folder)
    return { ok: true, audio }
  }

  return {
    receive: async (body, name) => {
      const draft = join(incoming, randomBytes(16).toString('hex'))
      try {
        const arrived = await writeDown(body, draft, { maxBytes, patience })
        return arrived.ok ? await keep(draft, arrived.file, name) : arrived
      } finally {
        await rm(draft, { force: true })
      }
    },

    find: (fileName) => {
      const type = FILE_NAME.test(fileName) ? audioTypeOf(fileName) : null
      if (type === null) return null
      const path = join(folder, fileName)
      const stat = statSync(path, { throwIfNoEntry: false })
      return stat === undefined ? null : { path, bytes: stat.size, type }
    },
  }
}

type Arrived = Pick<AudioFile, 'sha256' | 'bytes'>
type WrittenDown = { readonly ok: true; readonly file: Arrived } | (Received & { readonly ok: false })

/** To the disk as it comes, and no further than the limit; at no time is more than a few chunks of it in memory. */
const writeDown = async (
  body: Readable,
  draft: string,
  { maxBytes, patience }: Pick<Options, 'maxBytes' | 'patience'>,
): Promise<WrittenDown> => {
  const hash = createHash('sha256')
  const stop = new AbortController()
  const idle = setTimeout(() => stop.abort(), patience)
  let bytes = 0
  const measured = async function* (source: AsyncIterable<Uint8Array>) {
    for await (const chunk of source) {
      idle.refresh()
      bytes += chunk.length
      if (bytes > maxBytes) return
      hash.update(chunk)
      yield chunk
    }
  }
  try {
    await pipeline(body, measured, createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true }), { signal: stop.signal })
    return bytes > maxBytes ? { ok: false, fault: 'too large' } : { ok: true, file: { sha256: hash.digest('hex'), bytes } }
  } catch (error) {
    return { ok: false, fault: (error as NodeJS.ErrnoException).code === 'ENOSPC' ? 'full' : 'cut' }
  } finally {
    clearTimeout(idle)
  }
}

const syncNames = async (folder: string): Promise<void> => {
  const names = await open(folder)
  await names.sync().finally(() => names.close())
}
