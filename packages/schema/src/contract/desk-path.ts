import { z } from 'zod'

const HERE = 'https://desk.invalid'
/** An address of the desk, as a path: where one is led after signing in, and nowhere else. */
export const DeskPath = z
  .string()
  .max(300)
  .transform((path, context) => {
    const url = URL.canParse(path, HERE) ? new URL(path, HERE) : null
    if (url?.origin === HERE && path.startsWith('/desk/') && url.pathname.startsWith('/desk/'))
      return `${url.pathname}${url.search}${url.hash}`
    context.addIssue({ code: 'custom', message: 'give a path of the desk, such as /desk/account' })
    return z.NEVER
  })
