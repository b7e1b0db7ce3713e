import { plainLine } from '@stet/schema/line-breaks'

/** "Outlet / Person", or the one of them that is known. */
export const publisherOf = (people: readonly string[], outlet: string): string => {
  const names = people.map(plainLine).filter((name) => name !== '')
  return [plainLine(outlet), names.join(', ')].filter((part) => part !== '').join(' / ')
}
