const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** `2026-05-20` as `20 May 2026`. Written out here, since what Intl prints changes with the machine. */
export const formatDay = (date: string): string => {
  const [year = '', month = '', day = ''] = date.slice(0, 10).split('-')
  return `${Number(day)} ${MONTHS[Number(month) - 1] ?? month} ${year}`
}

/** `05` as `May`. */
export const monthName = (month: string): string => MONTHS[Number(month) - 1] ?? month
