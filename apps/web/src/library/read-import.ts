import { formatFault } from '@stet/import/import-outcome'
import { importText } from '@stet/import/import-text'
import type { Content } from '@stet/schema/snapshot'

export type Imported = { readonly ok: true; readonly content: Content } | { readonly ok: false; readonly fault: string }

const LARGEST_BYTES = 5_000_000

/** A dispatch or an essay from a text file, or which line of it does not fit. Nothing is made of a file with a fault. */
export const readImport = async (file: File): Promise<Imported> => {
  if (file.size > LARGEST_BYTES) return { ok: false, fault: `${file.name} is larger than 5 MB: is it a text file?` }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer())
  } catch {
    return { ok: false, fault: `${file.name} is not UTF-8 text. Save it as plain text and try again.` }
  }
  const imported = importText(text)
  return imported.ok ? imported : { ok: false, fault: `${file.name}, ${formatFault(imported.fault)}` }
}
