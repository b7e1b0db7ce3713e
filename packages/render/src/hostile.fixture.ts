import type { Block, Inline, Snapshot } from '@stet/schema/snapshot'
import fc from 'fast-check'
import { lighthouse } from './lighthouse.fixture.ts'

/** Text that would be markup, an end or a formula in one format or another. */
export const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          '-->',
          '<v x>',
          '--',
          '</v>',
          '<b>',
          '&lt;',
          '&',
          '<',
          '>',
          '"',
          "'",
          ',',
          ';',
          '\n',
          '\n\n',
          '\r\n',
          '\t',
          '\u0000',
          '\u2028',
        ],
        ...[
          '=1+1',
          '+1',
          '-1',
          '@SUM',
          '|',
          '{',
          '}',
          '\\',
          '$',
          '%',
          '#',
          '_',
          '~',
          '^',
          '\u202e',
          'שלום',
          'مرحبا',
          '光の中',
          '𐀀',
          'e\u0301',
        ],
        ...[
          'WEBVTT',
          'NOTE',
          '00:00:01.000 --> 00:00:02.000',
          '1',
          'Note: ',
          '...',
          '}}',
          '\\end',
          'a-very-long-word-that-has-no-end'.repeat(3),
        ],
      ),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
      fc.constantFrom('a', 'Word', ' ', '.', 'two words '),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => parts.join(''))

export const hostileLine = hostileText.map((text) => text.replaceAll(/[\n\r]/g, ' '))

const hostileName = hostileLine.map((text) => [...text].slice(0, 40).join(''))

const inlines: fc.Arbitrary<Inline[]> = fc.array(
  fc.oneof(
    hostileText.map((text): Inline => ({ type: 'text', text })),
    fc.constantFrom<Inline>({ type: 'cue', cue: 'tsk' }, { type: 'cue', cue: 'long pause' }),
  ),
  { maxLength: 3 },
)

const blocks: fc.Arbitrary<Block[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom('turn' as const, 'turn' as const, 'turn' as const, 'chapter' as const),
      speaker: fc.constantFrom('p1', 'p2', null),
      start: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 350_000 })),
      content: inlines,
    }),
    { maxLength: 8 },
  )
  .map((parts) =>
    parts.map(({ kind, speaker, ...rest }, index): Block => {
      const block = { id: `b${index}`, ...rest }
      return kind === 'turn' ? { kind, speaker, ...block } : { kind, ...block }
    }),
  )

/** A dispatch in which anybody says anything at any time. */
export const hostileDispatch: fc.Arbitrary<Snapshot> = fc
  .record({ body: blocks, names: fc.tuple(hostileName, hostileName) })
  .map(({ body, names }) => ({
    ...lighthouse,
    speakers: names.map((name, index) => ({ id: `p${index + 1}`, name, color: 1 })),
    body,
  }))
