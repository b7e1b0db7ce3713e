import { useDesk } from '../desk/desk-context.ts'
import { languageName } from './languages.ts'

/** The language of the dispatch, to read; `language-field.tsx` is where it is chosen. */
export const Language = () => (
  <div className="field language" data-field="language">
    <span>Language</span>
    <div className="field-box">
      <span>{languageName(String(useDesk().replica.dispatch.meta.get('language') ?? ''))}</span>
    </div>
  </div>
)
