import { type Action, may, whoMay } from '@stet/schema/contract/people'
import type { Context } from 'hono'
import type { Access } from '../access/access.ts'
import { isSameOrigin } from '../access/same-origin.ts'
import { type Refused, refused } from '../http/problem.ts'

type Asked = { readonly access: Pick<Access, 'identify'>; readonly siteUrl: () => string; readonly action: Action }

/** What keeps a caller from sending a file that only who may do `action` sends; null: nothing. */
export const barUpload = async (context: Context, { access, siteUrl, action }: Asked): Promise<Refused | null> => {
  const header = (name: string) => context.req.header(name) ?? null
  const caller = await access.identify({ cookie: header('cookie'), authorization: header('authorization') })
  const facts = { origin: header('origin'), host: header('host'), fetchSite: header('sec-fetch-site') }
  if (caller?.via !== 'token' && !isSameOrigin(facts, siteUrl(), false))
    return refused(403, 'This page may not write here: send the request from the desk, or with a token')
  if (caller === null) return refused(401, 'Sign in first, or send a token')
  return may(caller.person, action) ? null : refused(403, `This takes ${whoMay(action)}`)
}
