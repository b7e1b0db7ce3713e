/** Rows of cells, the first of them the heads. */
export const markdownTable = (rows: readonly (readonly (string | number)[])[]): string => {
  const [heads = [], ...rest] = rows
  return [heads, heads.map(() => '---'), ...rest].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
