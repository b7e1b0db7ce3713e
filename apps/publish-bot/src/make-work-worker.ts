import { setTimeout as sleep } from 'node:timers/promises'
import { createApiClient } from '@stet/schema/contract/client'
import type { Site } from '@stet/schema/revision'
import type { Result } from './ending.ts'
import type { ListedWork } from './list-published.ts'
import { type MadeWork, makeWork } from './make-work.ts'
import { patientFetch } from './patient-fetch.ts'

/** What threads need to know of an export. */
export type WorkPlace = {
  readonly origin: string
  readonly token: string
  readonly site: Site
  readonly root: string
  readonly stage: string
}

/** In a thread of its own where there are many: it waits for its disk, and for a server that is asked too often, by itself. */
const makeListedWork = ({ work, place }: { work: ListedWork; place: WorkPlace }): Promise<Result<MadeWork>> => {
  const onWait = (seconds: number) => process.stderr.write(`The server asks for a pause; going on in ${seconds} s.\n`)
  const api = createApiClient(place.origin, { token: place.token, fetch: patientFetch({ fetch, pause: sleep, onWait }) })
  return makeWork(api, work, place.site, place)
}

export default makeListedWork
