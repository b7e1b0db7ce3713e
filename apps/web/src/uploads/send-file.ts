import { ProblemDetails } from '@stet/schema/contract/problem'

export type SendOutcome =
  | { readonly ok: true; readonly answer: unknown }
  /** Null: it was cancelled, and nothing is to be said. */
  | { readonly ok: false; readonly fault: string | null }

export type Sending = { readonly outcome: Promise<SendOutcome>; readonly cancel: () => void }

/** Sends a file as it is, with its name, and tells how far it is, from 0 to 1. */
export const sendFile = (path: string, file: File, onProgress: (part: number) => void): Sending => {
  // Of what a browser has, only this tells how much of a body was sent.
  const request = new XMLHttpRequest()
  const outcome = new Promise<SendOutcome>((resolve) => {
    const fail = (fault: string | null) => () => resolve({ ok: false, fault })
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total)
    request.onload = () => resolve(readAnswer(request.status, request.responseText))
    request.onerror = fail('The server cannot be reached. Nothing was added.')
    request.onabort = fail(null)
    request.open('POST', `${path}?name=${encodeURIComponent(file.name.slice(0, 200).toWellFormed())}`)
    request.send(file)
  })
  return { outcome, cancel: () => request.abort() }
}

const readAnswer = (status: number, text: string): SendOutcome => {
  const json = parse(text)
  if (status === 201) return { ok: true, answer: json }
  return { ok: false, fault: `${ProblemDetails.safeParse(json).data?.title ?? SERVER_FAULT}.` }
}

export const SERVER_FAULT = 'The server failed at this'

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
