import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a dispatch held before the server began, as one update; null when nothing. */
export const storedState = (name) => {
  const folder = process.env.STORED_STATES
  const file = folder && join(folder, name)
  return file && existsSync(file) ? readFileSync(file) : null
}
