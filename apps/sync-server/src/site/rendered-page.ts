import type { SitePage } from '@stet/render/site-pages'
import type { Site } from '@stet/schema/revision'
import type { CodedBytes } from './coded-bytes.ts'

export type PageAsked = { readonly path: string; readonly site: Site }
export type SearchAsked = { readonly words: string; readonly site: Site }

/** A page as it is sent, whole and compressed. */
export type RenderedPage = Pick<SitePage, 'mediaType' | 'status' | 'isLasting' | 'isOpen'> & CodedBytes
