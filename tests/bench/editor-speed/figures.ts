/** A row of samples in milliseconds, said shortly. */
export type Figure = { readonly median: number; readonly p99: number; readonly max: number; readonly samples: number }

export const figureOf = (samples: readonly number[]): Figure => {
  const sorted = samples.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
  return { median: at(0.5), p99: at(0.99), max: sorted.at(-1) ?? Number.NaN, samples: sorted.length }
}
