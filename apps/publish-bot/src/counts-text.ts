import type { Counts } from './export-published.ts'

/** `12 written, 1 removed, 40 unchanged` */
export const countsText = ({ written, removed, unchanged }: Counts): string =>
  `${written} written, ${removed === 0 ? '' : `${removed} removed, `}${unchanged} unchanged`
