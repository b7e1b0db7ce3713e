import type { DispatchId } from './ids.ts'

/** Addresses that more than one app names. */

/** Where a dispatch is written, on the server's origin. */
export const deskPath = (id: DispatchId): string => `/desk/dispatches/${id}`

const MAX_SLUG = 80

/** `What Happened, and When?` -> `what-happened-and-when`; empty for a title without a Latin letter or digit. */
export const titleSlug = (title: string): string =>
  title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_SLUG)
    .replace(/^-+|-+$/g, '')
