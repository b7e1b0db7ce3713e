import { type FileImport, importFile } from '@stet/import/import-file'
import { formatFault } from '@stet/import/import-outcome'

export type ReadFile = Extract<FileImport, { ok: true }> | { readonly ok: false; readonly fault: string }

const LARGEST_BYTES = 5_000_000

/** What a file holds, or which line of it does not fit. Nothing is made of a file with a fault. */
export const readFile = async (file: File): Promise<ReadFile> => {
  if (file.size > LARGEST_BYTES) return { ok: false, fault: `${file.name} is larger than 5 MB: is it a text file?` }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer())
  } catch {
    return { ok: false, fault: `${file.name} is not UTF-8 text. Save it as plain text and try again.` }
  }
  const imported = importFile(file.name, text)
  return imported.ok ? imported : { ok: false, fault: `${file.name}, ${formatFault(imported.fault)}.` }
}
