import type { Finding } from '@stet/schema/finding'
import type { Snapshot } from '@stet/schema/snapshot'

/** One thing that can be wrong with a dispatch or an essay. `name` stands in its findings and never changes. */
export type Check = { readonly name: string; readonly find: (snapshot: Snapshot) => Finding[] }
