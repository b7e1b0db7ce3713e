import { AudioFile } from '@stet/schema/audio'
import { AUDIO_UPLOAD, MAX_AUDIO_BYTES } from '@stet/schema/contract/audio'
import { ProblemDetails } from '@stet/schema/contract/problem'

export type UploadOutcome =
  | { readonly ok: true; readonly audio: AudioFile }
  | { readonly ok: false; readonly fault: string | null }

export type Upload = { readonly outcome: Promise<UploadOutcome>; readonly cancel: () => void }

/** Sends a recording and tells how far it is, from 0 to 1. A fault of null: it was cancelled, and nothing is to be said. */
export const uploadAudio = (file: File, onProgress: (part: number) => void): Upload => {
  // Of what a browser has, only this tells how much of a body was sent.
  const request = new XMLHttpRequest()
  const outcome = new Promise<UploadOutcome>((resolve) => {
    const fail = (fault: string | null) => () => resolve({ ok: false, fault })
    if (file.size > MAX_AUDIO_BYTES)
      return fail(`${file.name} is larger than ${MAX_AUDIO_BYTES / 1024 ** 2} MiB. Save it as MP3, or give its address.`)()
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total)
    request.onload = () => resolve(readAnswer(request.status, request.responseText))
    request.onerror = fail('The server cannot be reached. Nothing was added.')
    request.onabort = fail(null)
    request.open('POST', `${AUDIO_UPLOAD}?name=${encodeURIComponent(file.name.slice(0, 200))}`)
    request.send(file)
  })
  return { outcome, cancel: () => request.abort() }
}

const readAnswer = (status: number, text: string): UploadOutcome => {
  const json = parse(text)
  const audio = AudioFile.safeParse(json)
  if (status === 201 && audio.success) return { ok: true, audio: audio.data }
  return { ok: false, fault: `${ProblemDetails.safeParse(json).data?.title ?? 'The server failed at this'}.` }
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
