/** The faces that `pageStyle` names, in their Latin cut: where the site has them, and which file of which package they are. */
export const FONTS_PATH = '/assets/fonts/'
export const fonts: Readonly<Record<string, string>> = {
  'source-serif-4.woff2': '@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2',
  'source-serif-4-italic.woff2': '@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-italic.woff2',
  'inter.woff2': '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
}
