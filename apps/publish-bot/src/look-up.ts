import type { DispatchListing } from '@stet/schema/contract/api'
import type { ApiClient } from '@stet/schema/contract/client'
import type { Site } from '@stet/schema/revision'
import { resultOf } from './call.ts'
import { done, type Result } from './ending.ts'
import { findByReference } from './reference.ts'

/** Asks the server what there is, and finds the one that is meant. */
export const lookUp = async (api: ApiClient, reference: string): Promise<Result<{ dispatch: DispatchListing; site: Site }>> => {
  const [dispatches, published] = await Promise.all([api('listDispatches'), api('listPublished')])
  const all = resultOf(dispatches, 'list the dispatches')
  if (!all.ok) return all
  const shown = resultOf(published, 'list what is published')
  if (!shown.ok) return shown
  const found = findByReference(reference, all.value.dispatches, shown.value.published)
  return found.ok ? done({ dispatch: found.value, site: shown.value.site }) : found
}
