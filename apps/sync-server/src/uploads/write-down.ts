import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

export type Arrived = { readonly sha256: string; readonly bytes: number }

export type WrittenDown =
  | { readonly ok: true; readonly file: Arrived }
  /** `cut`: it ended before its end, or nothing came for too long. `full`: the disk is. */
  | { readonly ok: false; readonly fault: 'too large' | 'cut' | 'full' }

/** `patience`: milliseconds in which at least something has to come. */
type Limits = { readonly maxBytes: number; readonly patience: number }

/** To the disk as it comes, and no further than the limit; at no time is more than a few chunks of it in memory. */
export const writeDown = async (body: Readable, draft: string, { maxBytes, patience }: Limits): Promise<WrittenDown> => {
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

/** What was put into a folder is there after a power cut. */
export const syncNames = async (folder: string): Promise<void> => {
  const names = await open(folder)
  await names.sync().finally(() => names.close())
}
