import { z } from 'zod'
import { Changes } from './changes.ts'
import { Finding, Problem } from './finding.ts'
import { Correction, RevisionFacts } from './revision.ts'
import { Sha256 } from './sha256.ts'
import { CalendarDate, DispatchNumber } from './snapshot.ts'
import { Stage } from './status.ts'

/** What one may wish of a publication; each is needed only where the dispatch has none of its own. */
const wished = { number: DispatchNumber.optional(), date: CalendarDate.optional() }

export const PublishRequest = z.strictObject({
  ...wished,
  /** Of the content as the caller saw it (`Preview`): refused when it is another by now. */
  sha256: Sha256.optional(),
  /** Which revision this is to be: with it, publishing may be repeated when an answer was lost. */
  revision: z.int().min(1).optional(),
  /** From the second revision on one of the two: what is put right, or that nothing is (a typo). */
  correction: Correction.optional(),
  minor: z.literal(true).optional(),
})
export type PublishRequest = z.infer<typeof PublishRequest>

export const PublishAnswer = z.strictObject({ revision: RevisionFacts, findings: z.array(Finding) })

/** Of what is asked in an address. */
export const PreviewRequest = z.strictObject({
  number: z.coerce.number().pipe(DispatchNumber).optional(),
  date: wished.date,
  minor: z.literal('true').optional(),
})

/** What publishing would do now. */
export const Preview = z.strictObject({
  /** Of the content as it stands, before publishing gives it a number; see `PublishRequest`. */
  sha256: Sha256,
  revision: z.int().min(1),
  /** Where it would stand; null while something is in the way of that. */
  path: RevisionFacts.shape.path.nullable(),
  number: z.int().nullable(),
  date: z.string().nullable(),
  stage: Stage,
  /** What keeps it from being published, findings of level error among it. */
  problems: z.array(Problem),
  findings: z.array(Finding),
  /** The pages and files of the site that would be made or become others. */
  pages: z.array(z.strictObject({ path: z.string(), is: z.enum(['new', 'changed']) })),
  /** Since the newest revision; null while there is none. */
  changes: Changes.nullable(),
})
export type Preview = z.infer<typeof Preview>
