import { AudioFile, audioFileName } from '@stet/schema/audio'
import type { Snapshot } from '@stet/schema/snapshot'
import type { z } from 'zod'

/** A recording that pages play, by what tells it from others. */
export const Recording = AudioFile.pick({ sha256: true, type: true, bytes: true })
export type Recording = z.infer<typeof Recording>

/** Those that the server has, each once; what lies elsewhere stays there. */
export const recordingsIn = (snapshots: readonly Pick<Snapshot, 'audio'>[]): Recording[] =>
  eachOnce(
    snapshots.flatMap(({ audio }) =>
      audio?.kind === 'file' ? [{ sha256: audio.sha256, type: audio.type, bytes: audio.bytes }] : [],
    ),
  )

/** Two dispatches may have one recording. */
export const eachOnce = (recordings: readonly Recording[]): Recording[] => [
  ...new Map(recordings.map((recording) => [recordingPath(recording), recording])).values(),
]

/** Where the server has it too, so that pages say the same in a folder. */
export const recordingPath = (recording: Recording): string => `${FOLDER}${audioFileName(recording)}`

export const isRecordingPath = (path: string): boolean => path.startsWith(FOLDER)

const FOLDER = 'audio/'
