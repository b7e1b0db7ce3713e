import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, lstatSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { CommandContext } from './command-context.ts'
import { done, ExitCode, failed, type Result } from './ending.ts'
import { isRecordingPath, type Recording, recordingPath } from './recordings.ts'
import { ownPathsIn } from './site-path.ts'
import type { StagedFile } from './staged-file.ts'

type Server = Pick<CommandContext, 'origin' | 'token'>
type Place = {
  readonly root: string
  readonly stage: string
  /** What stands is read, and fetched again where it is not what its name says. */
  readonly isRead: boolean
}

/** Lays those recordings into the stage that do not stand in the folder: streamed, and each held against the hash it is named by. */
export const bringRecordings = async (
  { origin, token, terminal }: Server & Pick<CommandContext, 'terminal'>,
  recordings: readonly Recording[],
  { root, stage, isRead }: Place,
): Promise<Result<StagedFile[]>> => {
  const requireOwn = ownPathsIn(root)
  const lacking: Recording[] = []
  for (const recording of recordings) {
    requireOwn(recordingPath(recording))
    if (!stands(root, recording) || (isRead && !(await isItself(root, recording)))) lacking.push(recording)
  }
  const all = lacking.reduce((sum, { bytes }) => sum + bytes, 0)
  let count = 0
  for (const recording of lacking) {
    const before = count
    const fetched = await fetchRecording({ origin, token }, recording, join(stage, recordingPath(recording)), (bytes) => {
      const isNextMegabyte = Math.floor((before + bytes) / MEGABYTE) > Math.floor(count / MEGABYTE)
      count = before + bytes
      if (isNextMegabyte) terminal.progress({ verb: 'Fetched', count, all, unit: 'bytes' })
    })
    if (!fetched.ok) return fetched
  }
  const isNew = new Set(lacking)
  return done(recordings.map((each) => ({ path: recordingPath(each), sha256: each.sha256, isNew: isNew.has(each) })))
}

/** Whether of all the recordings of a folder these are there, and no others. */
export const recordingsStand = (root: string, files: ReadonlyMap<string, string>, recordings: readonly Recording[]): boolean =>
  recordings.length === [...files.keys()].filter(isRecordingPath).length &&
  recordings.every((recording) => files.has(recordingPath(recording)) && stands(root, recording))

/** A file under this name came there whole, so its length tells enough, and gigabytes are not read at each run. */
const stands = (root: string, recording: Recording): boolean => {
  const path = recordingPath(recording)
  const standing = lstatSync(join(root, path), { throwIfNoEntry: false })
  if (standing?.isDirectory()) throw new Error(`${path} is a folder; move it away, a file belongs there`)
  return standing?.isFile() === true && standing.size === recording.bytes
}

const isItself = async (root: string, recording: Recording): Promise<boolean> => {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(join(root, recordingPath(recording)))) hash.update(chunk)
  return hash.digest('hex') === recording.sha256
}

const fetchRecording = async (
  { origin, token }: Server,
  recording: Recording,
  file: string,
  onBytes: (bytes: number) => void,
): Promise<Result<undefined>> => {
  const path = recordingPath(recording)
  const answer = await ask(`${origin}/${path}`, token)
  if (typeof answer === 'string') return failed(ExitCode.network, `Could not fetch the recording ${path}: ${answer}`)
  if (!answer.ok || answer.body === null)
    return failed(
      ExitCode.refused,
      `Could not fetch the recording ${path}: the server answered ${answer.status}.`,
      'On the server “npm run server -- verify” tells which recordings are gone; --no-recordings exports without them.',
    )
  const { sha256, cut } = await writeDown(answer.body, recording.bytes, file, onBytes)
  if (cut !== null) return failed(ExitCode.network, `Could not fetch the recording ${path}: it broke off: ${cut}`)
  return sha256 === recording.sha256
    ? done(undefined)
    : failed(ExitCode.refused, `Refused the recording ${path}: what the server sent is not what was published.`)
}

const ask = async (address: string, token: string): Promise<Response | string> => {
  try {
    return await fetch(address, { headers: { authorization: `Bearer ${token}` } })
  } catch (error) {
    return messageOf(error)
  }
}

/** No further than one chunk over the most. Throws where the disk fails; what the network does is told. */
const writeDown = async (body: AsyncIterable<Uint8Array>, most: number, file: string, onBytes: (bytes: number) => void) => {
  const hash = createHash('sha256')
  let bytes = 0
  let cut: string | null = null
  const measured = async function* () {
    try {
      for await (const chunk of body) {
        bytes += chunk.length
        hash.update(chunk)
        if (bytes > most) return
        onBytes(bytes)
        yield chunk
      }
    } catch (error) {
      cut = messageOf(error)
    }
  }
  mkdirSync(dirname(file), { recursive: true })
  await pipeline(measured, createWriteStream(file, { flags: 'wx', mode: 0o644, flush: true }))
  return { sha256: hash.digest('hex'), cut: cut as string | null }
}

const messageOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error ? cause.message : String(cause)
}

const MEGABYTE = 1_000_000
