import { z } from 'zod'
import { Show } from '../show.ts'
import { ARTWORK_UPLOAD, StoredArtwork } from './artwork.ts'

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
  getArtwork: {
    method: 'GET',
    path: ARTWORK_UPLOAD,
    summary:
      'The artwork of the show; a POST of a picture to this address (its name in the query) puts it in the place of what stands',
    access: 'read',
    status: 200,
    answer: StoredArtwork,
  },
  removeArtwork: {
    method: 'DELETE',
    path: ARTWORK_UPLOAD,
    summary: 'Take the artwork off the show; readers do not get it any more',
    access: 'configure',
    state: 'getArtwork',
    status: 200,
    answer: StoredArtwork,
  },
} as const
