const LENGTH = 16

/** What lists call a session, an invitation or a token: the beginning of its secret's hash, which lets nobody in. */
export const shortId = (hash: string): string => hash.slice(0, LENGTH)

/** Hashes that begin so are from the first of these on and before the second; null: none does. "g" comes after all digits of a hash. */
export const hashesOf = (id: string): { readonly from: string; readonly before: string } | null =>
  /^[0-9a-f]{16}$/.test(id) ? { from: id, before: `${id}g` } : null
