import { PROBLEM_MEDIA_TYPE, type ProblemDetails } from '@stet/schema/contract/problem'
import type { Problem } from '@stet/schema/finding'

/** What a route answers when it refuses; `title` says what is wrong and how to mend it. */
export type Refused = {
  readonly ok: false
  readonly status: number
  readonly title: string
  readonly problems?: readonly Problem[]
}

export const refused = (status: number, title: string, problems?: readonly Problem[]): Refused => ({
  ok: false,
  status,
  title,
  ...(problems === undefined ? {} : { problems }),
})

export const ABSENT = refused(404, 'There is no such dispatch')
export const LAST_WAY_IN = refused(
  409,
  'You could not sign in again without this one: set a password, or add another passkey or account, and then remove it',
)

/** Of whoever asks, nothing can be known just now. */
export const peopleUnreachable = (): Response => {
  const answer = problemResponse(refused(503, PEOPLE_UNREACHABLE))
  answer.headers.set('retry-after', '5')
  return answer
}
export const PEOPLE_UNREACHABLE = 'Who you are cannot be looked up at the moment; come back'

export const problemResponse = ({ status, title, problems }: Refused): Response => {
  const details: ProblemDetails = {
    type: 'about:blank',
    title,
    status,
    ...(problems === undefined ? {} : { problems: [...problems] }),
  }
  const headers: Record<string, string> = { 'content-type': PROBLEM_MEDIA_TYPE, 'cache-control': 'no-store' }
  if (status === 401) headers['www-authenticate'] = 'Bearer'
  return new Response(JSON.stringify(details), { status, headers })
}
