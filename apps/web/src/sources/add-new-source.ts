import type { Dispatch } from '@stet/schema/layout/open-dispatch'
import { typedSource } from './typed-source.ts'

/** Makes a source of what was typed or pasted, a title or an address, and answers its id. */
export const addNewSource = ({ sources }: Dispatch, typed: string): string =>
  sources.add({ ...typedSource(typed), kind: '', tier: null }, 'sources')
