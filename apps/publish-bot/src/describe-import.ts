import type { Content } from '@stet/schema/snapshot'

/** `39 turns, 8 sources` */
export const measureOf = ({ kind, body, sources }: Content): string => {
  const unit = kind === 'dispatch' ? 'turn' : 'paragraph'
  return `${counted(body.filter((block) => block.kind === unit).length, unit)}, ${counted(sources.length, 'source')}`
}

/** What the text could not tell, for a person to complete at the desk. */
export const notesOn = ({ sources }: Content): string[] =>
  sources.flatMap(({ title, url, urlIncomplete }, index) =>
    urlIncomplete
      ? [`source ${index + 1} “${title}”: its link ${url} is shortened and cannot be followed; complete it at the desk`]
      : [],
  )

const counted = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`
