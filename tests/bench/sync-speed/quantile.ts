/** The value that the share `q` of all does not exceed; NaN of none. */
export const quantile = (values: readonly number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(q * (values.length - 1))] ?? Number.NaN

export const median = (values: readonly number[]): number => quantile(values, 0.5)
