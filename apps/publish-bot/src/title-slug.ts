/** `What Happened, and When?` -> `what-happened-and-when`: how a draft's title is named on the command line. */
export const titleSlug = (title: string): string =>
  title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
