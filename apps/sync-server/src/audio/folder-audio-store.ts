import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync, statSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AUDIO_ENDINGS, AudioFile, audioFileName, audioTypeOf } from '@stet/schema/audio'
import { type Arrived, syncNames, writeDown } from '../uploads/write-down.ts'
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
export const isAudioFileName = (name: string): boolean => FILE_NAME.test(name)

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
      const type = isAudioFileName(fileName) ? audioTypeOf(fileName) : null
      if (type === null) return null
      const path = join(folder, fileName)
      const stat = statSync(path, { throwIfNoEntry: false })
      return stat === undefined ? null : { path, bytes: stat.size, type }
    },
  }
}
