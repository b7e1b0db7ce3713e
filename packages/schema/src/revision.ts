import { z } from 'zod'
import { DispatchId } from './ids.ts'
import { Sha256 } from './sha256.ts'
import { ShownArtwork } from './shown-artwork.ts'
import { Snapshot } from './snapshot.ts'

const said = z.string().trim().min(1, 'say it in a sentence').max(2_000, 'expected at most 2000 characters')

/** What a revision puts right, in words for readers. */
export const Correction = z.strictObject({ wrong: said, stands: said })
export type Correction = z.infer<typeof Correction>

/** Facts of a published snapshot. */
export const RevisionFacts = z.strictObject({
  dispatch: DispatchId,
  /** 1, 2, 3 ... within a dispatch. */
  revision: z.int().min(1),
  /** Of the snapshot's canonical JSON bytes. */
  sha256: Sha256,
  publishedAt: z.iso.datetime(),
  publishedBy: z.string(),
  /** The site path, for ever: `/dispatches/008/` or `/essays/<slug>/`. */
  path: z.string().regex(/^\/(dispatches\/\d{3,6}|essays\/[a-z0-9-]+)\/$/),
  title: z.string(),
  /** Null: the first revision, or one that corrects nothing (a typo). */
  correction: Correction.nullable(),
})
export type RevisionFacts = z.infer<typeof RevisionFacts>

/** A dispatch taken from its readers, with the reason they are told. Its revisions are kept. */
export const Withdrawal = z.strictObject({ reason: said, at: z.iso.datetime(), by: z.string() })
export type Withdrawal = z.infer<typeof Withdrawal>

export const EarlierRevision = RevisionFacts.pick({ revision: true, publishedAt: true, correction: true })
export type EarlierRevision = z.infer<typeof EarlierRevision>

/** An immutable, numbered snapshot, and the revisions before it, oldest first: with these its page says what was put right. */
export const Revision = z.strictObject({ ...RevisionFacts.shape, earlier: z.array(EarlierRevision), snapshot: Snapshot })
export type Revision = z.infer<typeof Revision>
/** All that a page says of a revision beside its snapshot. */
export type Published = Omit<Revision, 'snapshot'>

/** What every page says of the show it belongs to. */
export const Site = z.strictObject({
  name: z.string().min(1).max(120),
  /** Each absent where nothing is said. */
  description: z.string().optional(),
  language: z.string().optional(),
  licence: z.string().optional(),
  aiNote: z.string().optional(),
  /** Public origin without a trailing slash, such as `https://show.example`. */
  url: z.string().regex(/^https?:\/\/[^/\s]+$/),
  /** Of WebSub, which tells readers of the feeds; absent: none. */
  hub: z.url().optional(),
  artwork: ShownArtwork.optional(),
  /** What podcast directories ask of a show beside its artwork. */
  podcast: z.strictObject({ category: z.string().min(1).max(80), isExplicit: z.boolean() }).optional(),
})
export type Site = z.infer<typeof Site>
