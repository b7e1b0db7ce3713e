import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { FONTS_PATH, fonts } from '@stet/render/fonts'
import type { SiteFile } from './exported-site.ts'

const { resolve: resolveFile } = createRequire(import.meta.url)

/** The faces that the pages are set in. */
export const fontFiles = (): SiteFile[] =>
  Object.entries(fonts).map(([name, file]) => ({
    path: `${FONTS_PATH.slice(1)}${name}`,
    render: () => readFileSync(resolveFile(file)),
  }))
