import type { Content } from '@stet/schema/snapshot'
import { formatNumber } from '@stet/schema/timeline'

/** `dispatch 008 “Title”` */
export const dispatchName = ({ kind, number, title }: Pick<Content, 'kind' | 'number' | 'title'>): string =>
  `${kind}${number === null ? '' : ` ${formatNumber(number)}`} “${title}”`
