import type { Outside, OutsideOutcome } from './outside.ts'

type Call = {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly signal?: AbortSignal
}

/** What a call came to that was not answered. */
export class NotAnswered extends TypeError {
  readonly fault: Exclude<OutsideOutcome, { ok: true }>['fault']
  constructor({ fault, message }: OutsideOutcome & { ok: false }) {
    super(message)
    this.fault = fault
  }
}

/** The way out in the shape of `fetch`, for libraries that are given one. It follows no redirect. */
export const createOutsideFetch =
  (outside: Outside) =>
  async (url: string, { method, headers, body, signal }: Call): Promise<Response> => {
    if (method !== 'GET' && method !== 'POST') throw new Error(`nothing here asks by ${method}`)
    const answer = await outside(url, {
      method,
      headers,
      ...(body === undefined || body === null ? {} : { body: String(body) }),
      ...(signal === undefined ? {} : { signal }),
    })
    if (!answer.ok) throw new NotAnswered(answer)
    const fields = Object.entries(answer.headers).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : value === undefined ? [] : [value]).map((each): [string, string] => [name, each]),
    )
    const bytes = answer.body.length === 0 ? null : Uint8Array.from(answer.body)
    return new Response(bytes, { status: answer.status, headers: fields })
  }
