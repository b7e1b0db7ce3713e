import { z } from 'zod'
import { Show } from '../show.ts'

/** `number` counts the states of the settings: who writes says which they have seen, so that nobody overwrites what they have not. */
const StoredShow = z.strictObject({ show: Show, number: z.int().min(0) })

export const showRoutes = {
  getShow: {
    method: 'GET',
    path: '/api/show',
    summary: 'The show’s settings',
    access: 'read',
    status: 200,
    answer: StoredShow,
  },
  changeShow: {
    method: 'PUT',
    path: '/api/show',
    summary: 'Change the show’s settings, as a whole; refused (409) where they are others by now than those seen',
    access: 'configure',
    body: z.strictObject({ show: Show, seen: z.int().min(0) }),
    status: 200,
    answer: StoredShow,
  },
} as const
