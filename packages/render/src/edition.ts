import type { Published } from '@stet/schema/revision'
import type { Snapshot } from '@stet/schema/snapshot'

/** A snapshot and, once it is published, what is known of its revision; null for a draft. */
export type Edition = { readonly snapshot: Snapshot; readonly revision: Published | null }

/** What is published, with its revision. */
export type PublishedEdition = Edition & { readonly revision: Published }
