import { type FormatName, formats } from '@stet/render/formats'
import type { Edition } from '@stet/render/html'
import type { Site } from '@stet/schema/revision'

export const renderBytes = (format: FormatName, edition: Edition, site: Site): Uint8Array =>
  new TextEncoder().encode(formats[format].render(edition, site))
