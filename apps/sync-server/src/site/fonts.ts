import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type StaticAnswer, staticAnswer } from './static-answer.ts'

const { resolve: resolveFile } = createRequire(import.meta.url)

/** The faces that `pageStyle` names, in their Latin cut. */
const FILES: Readonly<Record<string, string>> = {
  'source-serif-4.woff2': '@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2',
  'source-serif-4-italic.woff2': '@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-italic.woff2',
  'inter.woff2': '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
}

export const fontAnswer = (name: string): StaticAnswer | null => {
  const file = Object.hasOwn(FILES, name) ? FILES[name] : undefined
  return file === undefined ? null : staticAnswer(readFileSync(resolveFile(file)), 'font/woff2')
}
