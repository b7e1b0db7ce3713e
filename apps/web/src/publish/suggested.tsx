import { formatNumber } from '@stet/schema/timeline'
import type { Suggestions } from './suggestions.ts'

/** What confirming fills in. */
export const Suggested = ({ suggested: { number, date } }: { suggested: Suggestions }) => {
  const parts = [number === null ? null : `number ${formatNumber(number)}`, date === null ? null : `date ${date}`].filter(Boolean)
  return parts.length === 0 ? null : (
    <p className="suggested">
      It will get <b>{parts.join(' and ')}</b>. If you want another, set it in the header first.
    </p>
  )
}
