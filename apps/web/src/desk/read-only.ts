import { may, type Rights } from '@stet/schema/contract/people'
import { LAYOUT_VERSION } from '@stet/schema/snapshot'
import type { State } from '../replica/status.ts'

/** Why nothing may be changed here, and what can be done about it; null where one may write. */
export type ReadOnly = {
  readonly because: 'newer layout' | 'viewer' | 'refused' | 'damaged' | 'put aside'
  readonly notice: string
}

export const readOnlyOf = (person: Rights, state: State, layout: unknown): ReadOnly | null => {
  if (typeof layout === 'number' && layout > LAYOUT_VERSION)
    return {
      because: 'newer layout',
      notice: `Read only: this dispatch was written with a newer Stet (layout ${layout}; this page knows layout ${LAYOUT_VERSION}). Reload the page to get the newer one. Until then you can read, and nothing is sent from here.`,
    }
  if (state === 'damaged')
    return {
      because: 'damaged',
      notice:
        'Read only: the server’s copy of this dispatch is damaged. You see its last sound state and what this device has. Tell whoever runs the server: “npm run server -- verify” says what is wrong, and “repair” mends it. What this device has goes up by itself afterwards.',
    }
  // Its own notice says what was kept, and where.
  if (state === 'put aside') return { because: 'put aside', notice: '' }
  if (!may(person, 'write'))
    return {
      because: 'viewer',
      notice:
        'Read only: you are a viewer. You see what the others write as they write it. An owner of the desk can invite you as an editor.',
    }
  if (state === 'read only')
    return {
      because: 'refused',
      notice:
        'Read only: the server does not let you change this dispatch. What you wrote and it did not take stays on this device.',
    }
  return null
}
