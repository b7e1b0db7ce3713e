/** The length that the dispatch is meant to have, in seconds; null when nobody said. */
export const targetOf = (meta: { get: (key: string) => unknown }): number | null => {
  const target = meta.get('targetSeconds')
  return typeof target === 'number' && target > 0 ? target : null
}
