import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fonts } from '@stet/render/fonts'
import { type StaticAnswer, staticAnswer } from './static-answer.ts'

const { resolve: resolveFile } = createRequire(import.meta.url)

export const fontAnswer = (name: string): StaticAnswer | null => {
  const file = Object.hasOwn(fonts, name) ? fonts[name] : undefined
  return file === undefined ? null : staticAnswer(readFileSync(resolveFile(file)), 'font/woff2')
}
