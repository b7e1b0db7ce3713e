import type { Dispatch } from '@stet/schema/layout/open-dispatch'

/** The language that a script is written in, as a tag that this machine can work with; `und` when it is none. */
export const languageOf = ({ meta }: Dispatch): string => {
  try {
    return Intl.getCanonicalLocales(String(meta.get('language')))[0] ?? 'und'
  } catch {
    return 'und'
  }
}
