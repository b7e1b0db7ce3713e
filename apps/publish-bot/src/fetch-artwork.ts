import { createHash } from 'node:crypto'
import { artworkPath, smallArtworkPath } from '@stet/schema/artwork'
import type { Site } from '@stet/schema/revision'
import { done, ExitCode, failed, type Result } from './ending.ts'
import type { SiteFile } from './exported-site.ts'

/** The artwork of the show and its small copy, as the server serves them, each held against the hash that names it. */
export const fetchArtwork = async (origin: string, { artwork }: Site): Promise<Result<readonly SiteFile[]>> => {
  if (artwork === undefined) return done([])
  const files: SiteFile[] = []
  for (const [path, sha256] of [
    [artworkPath(artwork), artwork.sha256],
    [smallArtworkPath(artwork), artwork.small],
  ] as const) {
    const bytes = await bytesAt(`${origin}${path}`)
    if (typeof bytes === 'string') return failed(ExitCode.network, `Could not fetch the artwork of the show: ${bytes}`)
    if (createHash('sha256').update(bytes).digest('hex') !== sha256)
      return failed(ExitCode.refused, `Refused the artwork of the show: what stands at ${path} is not what its address says.`)
    files.push({ path: path.slice(1), render: () => bytes })
  }
  return done(files)
}

/** Milliseconds. */
const PATIENCE = 60_000

const bytesAt = async (address: string): Promise<Uint8Array | string> => {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) })
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : `${address} was answered with ${answer.status}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
