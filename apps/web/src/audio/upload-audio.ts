import { AudioFile } from '@stet/schema/audio'
import { AUDIO_UPLOAD, MAX_AUDIO_BYTES } from '@stet/schema/contract/audio'
import { SERVER_FAULT, sendFile } from '../uploads/send-file.ts'

export type UploadOutcome =
  | { readonly ok: true; readonly audio: AudioFile }
  | { readonly ok: false; readonly fault: string | null }

export type Upload = { readonly outcome: Promise<UploadOutcome>; readonly cancel: () => void }

/** Sends a recording and tells how far it is, from 0 to 1. A fault of null: it was cancelled, and nothing is to be said. */
export const uploadAudio = (file: File, onProgress: (part: number) => void): Upload => {
  if (file.size > MAX_AUDIO_BYTES) {
    const fault = `${file.name} is larger than ${MAX_AUDIO_BYTES / 1024 ** 2} MiB. Save it as MP3, or give its address.`
    return { outcome: Promise.resolve({ ok: false, fault }), cancel: () => undefined }
  }
  const { outcome, cancel } = sendFile(AUDIO_UPLOAD, file, onProgress)
  return { outcome: outcome.then((sent) => (sent.ok ? readAudio(sent.answer) : sent)), cancel }
}

const readAudio = (answer: unknown): UploadOutcome => {
  const audio = AudioFile.safeParse(answer)
  return audio.success ? { ok: true, audio: audio.data } : { ok: false, fault: `${SERVER_FAULT}.` }
}
