import type { Site } from '@stet/schema/revision'
import type { Element } from 'xast'
import { x } from 'xastscript'
import { formatDay } from './calendar-day.ts'
import type { PublishedEdition } from './edition.ts'
import { designationOf } from './masthead.ts'
import { printXml } from './print-xml.ts'

/** What other sites show beside a link; beside its page, as `picture.png`. */
export const picturePath = (path: string): string => `${path}picture.png`

export const PICTURE_SIZE = { width: 1200, height: 630 }

const MARGIN = 80
const MOST_LINES = 4
/** Of letters, in pixels, the largest first: the title takes the first in which it fits. */
const TITLE_SIZES = [84, 70, 58, 48]
const LINE_HEIGHT = 1.14

/** The colours of the page's light look. */
const PAPER = '#fbfaf6'
const INK = '#1f1d1a'
const INK_SOFT = '#5f5a52'
const ACCENT = '#b3321c'
const FAMILY = 'Source Serif 4'

/** The picture as SVG, to be printed with nothing but Source Serif 4: what that cannot write is not in it. */
export const renderSocialPicture = ({ snapshot, revision }: PublishedEdition, site: Site): string => {
  const { width, height } = PICTURE_SIZE
  const day = formatDay(snapshot.date ?? revision.publishedAt)
  const { size, lines } = fitted(writable(snapshot.title), width - 2 * MARGIN)
  const titleTop = 150 + size * 0.8
  const title = lines.map((line, nth) =>
    text(line, { x: MARGIN - 3, y: Math.round(titleTop + nth * size * LINE_HEIGHT), size, weight: 600, fill: INK }),
  )
  return printXml(
    x('svg', { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}` }, [
      x('rect', { width, height, fill: PAPER }),
      x('rect', { width: 14, height, fill: ACCENT }),
      x('path', { d: `M${MARGIN} 95 l11 -11 l11 11 l-11 11 z`, fill: ACCENT }),
      text(`${designationOf(snapshot)} · ${day}`, { x: MARGIN + 36, y: 105, size: 30, weight: 400, fill: ACCENT }),
      ...title,
      text(shortened(writable(site.name), 60), { x: MARGIN, y: height - 62, size: 32, weight: 400, fill: INK_SOFT }),
    ]),
  )
}

type Look = { readonly x: number; readonly y: number; readonly size: number; readonly weight: number; readonly fill: string }

const text = (words: string, { size, weight, ...place }: Look): Element =>
  x('text', { ...place, 'font-family': FAMILY, 'font-size': size, 'font-weight': weight }, words)

/** Nothing, where the face lacks a letter of it: half a title says something else. Signs that are no words are dropped. */
const writable = (words: string): string => {
  const kept = words.split(/\s+/).filter((word) => word !== '' && !/^\p{Extended_Pictographic}/u.test(word))
  const hasLetters = (word: string) => /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}\p{P}$€£+=<>|~^`]+$/u.test(word)
  return kept.every(hasLetters) ? kept.join(' ') : ''
}

const fitted = (title: string, width: number): { size: number; lines: string[] } => {
  const laid = TITLE_SIZES.map((size) => ({ size, lines: linesOf(title, width / size) }))
  const fit = laid.find(({ lines }) => lines.length <= MOST_LINES)
  if (fit !== undefined) return fit
  const size = TITLE_SIZES.at(-1) ?? 0
  const lines = linesOf(title, width / size).slice(0, MOST_LINES)
  return { size, lines: lines.map((line, nth) => (nth === MOST_LINES - 1 ? `${line.replace(/.{3}$/u, '')}…` : line)) }
}

/** Broken between words, and within one that is longer than a line; `width` in ems. */
const linesOf = (words: string, width: number): string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of words.split(' ').flatMap((each) => pieces(each, width))) {
    const longer = line === '' ? word : `${line} ${word}`
    if (widthOf(longer) <= width) line = longer
    else {
      lines.push(line)
      line = word
    }
  }
  return line === '' ? lines : [...lines, line]
}

const pieces = (word: string, width: number): string[] => {
  const letters = [...word]
  const most = Math.floor(width / WIDEST)
  return widthOf(word) <= width
    ? [word]
    : Array.from({ length: Math.ceil(letters.length / most) }, (_, nth) => letters.slice(nth * most, (nth + 1) * most).join(''))
}

const WIDEST = 1.02

/** In ems of the semibold face, a little more than true: there is no font here to ask. */
const widthOf = (words: string): number =>
  [...words].reduce((sum, letter) => {
    if (/[ijltfrI'’.,:;!|()[\] -]/.test(letter)) return sum + 0.36
    if (/[mwMW@%—…Ж-Щж-щѠ-ӿ]/.test(letter)) return sum + WIDEST
    return sum + (/[\p{Lu}\p{N}&=+]/u.test(letter) ? 0.72 : 0.58)
  }, 0)

const shortened = (words: string, most: number): string =>
  [...words].length <= most ? words : `${[...words].slice(0, most - 1).join('')}…`
