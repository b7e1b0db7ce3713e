import { parentPort, workerData } from 'node:worker_threads'
import type { AudioType } from '@stet/schema/audio'
import { fileTypeFromFile } from 'file-type'
import { parseFile } from 'music-metadata'
import type { AudioFacts } from './audio-facts.ts'

/** By the names that file-type has for them. A video may be a recording without pictures. */
const TYPES: Readonly<Record<string, AudioType>> = {
  'audio/mpeg': 'audio/mpeg',
  'audio/mp4': 'audio/mp4',
  'audio/x-m4a': 'audio/mp4',
  'video/mp4': 'audio/mp4',
  'audio/ogg': 'audio/ogg',
  'audio/flac': 'audio/flac',
  'audio/wav': 'audio/wav',
}

const factsOf = async (path: string): Promise<AudioFacts | null> => {
  const found = await fileTypeFromFile(path)
  const type = TYPES[found?.mime.split(';')[0] ?? '']
  if (type === undefined) return null
  const { format } = await parseFile(path, { duration: true, skipCovers: true })
  const { duration = 0, hasAudio, hasVideo } = format
  // Less than half a second is no recording, and what has no length cannot be followed.
  return hasAudio === false || hasVideo === true || !(duration >= 0.5) ? null : { type, seconds: Math.round(duration) }
}

parentPort?.postMessage(await factsOf(String(workerData)).catch(() => null))
