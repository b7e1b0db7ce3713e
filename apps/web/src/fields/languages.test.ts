import { expect, test } from 'vitest'
import { languageName, languagesWith, typedLanguage } from './languages.ts'

test('languages are offered by name, the one in use among them', () => {
  const languages = languagesWith('gsw')
  expect(languages.find(({ tag }) => tag === 'de-AT')?.name).toBe('Austrian German')
  expect(languages.some(({ tag, name }) => tag === 'gsw' && name === 'Swiss German')).toBe(true)
  expect(languages.map(({ name }) => name)).toEqual(
    languages.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b, 'en')),
  )
})

test('a name or a tag is taken, and what is neither is not', () => {
  const languages = languagesWith('en')
  expect(typedLanguage(' german ', languages)).toBe('de')
  expect(typedLanguage('PT-br', languages)).toBe('pt-BR')
  expect(typedLanguage('fr-LU', languages)).toBe('fr-LU')
  expect(typedLanguage('no such tongue', languages)).toBe(null)
  expect(typedLanguage('xyzzy', languages)).toBe(null)
  expect(typedLanguage('', languages)).toBe(null)
})

test('a tag that is none stands for itself', () => {
  expect(languageName('not a tag')).toBe('not a tag')
})
