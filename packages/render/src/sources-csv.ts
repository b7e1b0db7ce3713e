import type { Snapshot } from '@stet/schema/snapshot'
import Papa from 'papaparse'

/**
 * The sources as a table for spreadsheets, with a byte order mark, without which some read it in another encoding. A cell
 * that would be a formula has an apostrophe before it.
 */
export const renderSourcesCsv = ({ sources }: Snapshot): string => {
  const rows = sources.map((source, index) => [
    String(index + 1),
    source.title,
    source.kind,
    source.tier ?? '',
    source.publisher,
    source.description,
    source.claim,
    source.url,
    source.citedText,
    source.context,
    source.keyPoints.join('\n'),
  ])
  return `\uFEFF${Papa.unparse([COLUMNS, ...rows], { escapeFormulae: FORMULA, newline: '\r\n' })}\r\n`
}

const COLUMNS = [
  'number',
  'title',
  'kind',
  'tier',
  'publisher',
  'description',
  'claim',
  'url',
  'cited text',
  'context',
  'key points',
]

/** Spreadsheets pass over white space before the sign, and take the wide forms of signs for the signs. */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u
