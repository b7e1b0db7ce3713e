import { renderFiles } from '@stet/render/formats'
import type { Revision, Site } from '@stet/schema/revision'

export type SiteFile = { readonly path: string; readonly bytes: Uint8Array }

/** Every form of a revision, each where the site has it too. */
export const filesOf = (revision: Revision, site: Site): SiteFile[] => {
  const { snapshot, ...facts } = revision
  return renderFiles({ snapshot, revision: facts }, site).map(({ name, bytes }) => ({
    path: `${revision.path.slice(1)}${name}`,
    bytes,
  }))
}
