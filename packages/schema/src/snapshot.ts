import { z } from 'zod'
import { Audio } from './audio.ts'
import { DispatchId, LocalId } from './ids.ts'

/**
 * The plain, validated value of a dispatch or an essay: what checks, renderers and importers speak.
 * Shape is strict; absence is not a fault, since a draft may lack anything (`readiness.ts` says what
 * a published one may not lack).
 */
export const LAYOUT_VERSION = 1

const line = (max: number) =>
  z
    .string()
    .max(max, `expected at most ${max} characters`)
    .refine((text) => !/[\n\r]/.test(text), 'expected a single line')
const prose = (max: number) => z.string().max(max, `expected at most ${max} characters`)

/** Whole seconds from the start of the recording. */
export const Seconds = z.int().min(0).max(359_999)

export const CalendarDate = z.iso.date('expected a date as YYYY-MM-DD')

export const Marks = z.strictObject({
  strong: z.literal(true).optional(),
  em: z.literal(true).optional(),
  code: z.literal(true).optional(),
  link: z.string().min(1).max(2_000).optional(),
  /** The sources this range rests on, in the order of the source list. */
  cites: z.array(LocalId).min(1).optional(),
})
export type Marks = z.infer<typeof Marks>

/** "\n" inside a run is a hard line break. */
export const TextRun = z.strictObject({ type: z.literal('text'), text: z.string().min(1), marks: Marks.optional() })
export type TextRun = z.infer<typeof TextRun>
/** A stage direction such as `tsk`, without its brackets: an atom, not speech. */
export const Cue = z.strictObject({ type: z.literal('cue'), cue: line(40).min(1), marks: Marks.optional() })
export type Cue = z.infer<typeof Cue>
export const Inline = z.discriminatedUnion('type', [TextRun, Cue])
export type Inline = z.infer<typeof Inline>

const block = { id: LocalId, content: z.array(Inline) }
/** `start` null: no recorded time; `timeline.ts` estimates one. */
export const Turn = z.strictObject({ kind: z.literal('turn'), ...block, speaker: LocalId.nullable(), start: Seconds.nullable() })
export type Turn = z.infer<typeof Turn>
export const Chapter = z.strictObject({ kind: z.literal('chapter'), ...block, start: Seconds.nullable() })
export type Chapter = z.infer<typeof Chapter>
export const Heading = z.strictObject({ kind: z.literal('heading'), ...block, level: z.union([z.literal(2), z.literal(3)]) })
export type Heading = z.infer<typeof Heading>
export const Paragraph = z.strictObject({ kind: z.literal('paragraph'), ...block })
export type Paragraph = z.infer<typeof Paragraph>
export const Bullet = z.strictObject({ kind: z.literal('bullet'), ...block })
export type Bullet = z.infer<typeof Bullet>
export const Quote = z.strictObject({ kind: z.literal('quote'), ...block })
export type Quote = z.infer<typeof Quote>
export const Block = z.discriminatedUnion('kind', [Turn, Chapter, Heading, Paragraph, Bullet, Quote])
export type Block = z.infer<typeof Block>
export type BlockKind = Block['kind']

/** `color` is an index into the palette of the design tokens (`--speaker-1` ...), so that it works in light and dark. */
export const Speaker = z.strictObject({ id: LocalId, name: line(80), color: z.int().min(1).max(6) })
export type Speaker = z.infer<typeof Speaker>

export const SourceTier = z.enum(['primary', 'supporting'])
export type SourceTier = z.infer<typeof SourceTier>

export const Source = z.strictObject({
  id: LocalId,
  title: line(500),
  /** One word, capitalised: Article, Thread, Video, Data ... or empty. */
  kind: line(40).refine((kind) => !/\s/.test(kind), 'expected one word'),
  tier: SourceTier.nullable(),
  /** "Outlet / Person", a person, a handle or an organisation; never split further. */
  publisher: line(300),
  description: line(1_000),
  claim: line(2_000),
  url: line(2_000),
  /** The address is a shortened display ("...…") that cannot be followed. */
  urlIncomplete: z.boolean(),
  citedText: prose(5_000),
  context: prose(5_000),
  keyPoints: z.array(line(2_000).min(1)),
})
export type Source = z.infer<typeof Source>

export const PullQuote = z.strictObject({ text: prose(2_000), name: line(120), role: line(200) })
export type PullQuote = z.infer<typeof PullQuote>
export const Byline = z.strictObject({ role: line(120), handle: line(120) })
export type Byline = z.infer<typeof Byline>

export const DispatchNumber = z.int().min(1).max(999_999)

const content = {
  kind: z.enum(['dispatch', 'essay']),
  number: DispatchNumber.nullable(),
  date: CalendarDate.nullable(),
  /** BCP 47 tag of the text. */
  language: z.string().regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'expected a language tag such as "en"'),
  title: line(500),
  /** How long it is meant to become, in seconds; absent where nobody has said. */
  targetSeconds: Seconds.min(1).optional(),
  /** Absent where nobody has attached a recording. */
  audio: Audio.optional(),
  byline: Byline.nullable(),
  quote: PullQuote.nullable(),
  summary: prose(10_000),
  topics: z.array(line(300).min(1)),
  speakers: z.array(Speaker),
  sources: z.array(Source),
  body: z.array(Block),
}
/** What an importer yields and a new dispatch may be born with. */
export const Content = z.strictObject(content)
export type Content = z.infer<typeof Content>

export const Snapshot = z.strictObject({ layout: z.literal(LAYOUT_VERSION), id: DispatchId, ...content })
export type Snapshot = z.infer<typeof Snapshot>

/** The words of a block as one string; cues are left out, since they are not speech. */
export const spokenText = (inlines: readonly Inline[]): string =>
  inlines.map((inline) => (inline.type === 'text' ? inline.text : '')).join('')

export const emptyContent = (kind: Content['kind'], language = 'en'): Content => ({
  kind,
  number: null,
  date: null,
  language,
  title: '',
  byline: null,
  quote: null,
  summary: '',
  topics: [],
  speakers: [],
  sources: [],
  body: [],
})
