/** Where an exported site stands, and how the next one takes its place. */
export type SitePlace = {
  /** The folder that readers see. It may not be there yet. */
  readonly root: string
  readonly openStage: () => Stage
}

/** Where the files of the next site lie, each under its path and on the disk, until all of them are there. */
export type Stage = {
  readonly folder: string
  /** Makes the next site the one that stands. Files that are neither staged nor `kept` are `gone`. */
  readonly replace: (change: Change) => Promise<void>
  /** Forgets what was staged and did not become the site. */
  readonly close: () => void
}

export type Change = { readonly kept: readonly string[]; readonly gone: readonly string[] }
