import { useDesk } from '../desk/desk-context.ts'
import { useObserved } from '../react/use-observed.ts'
import { LanguageBox } from './language-box.tsx'

/** The language of the dispatch: spelling is checked in it, and published pages say it. */
export const LanguageField = () => {
  const { replica, readOnly } = useDesk()
  const { dispatch, presence } = replica
  useObserved(dispatch.meta)
  return (
    <LanguageBox
      className="field language"
      tag={String(dispatch.meta.get('language') ?? '')}
      onChange={(language) => dispatch.setMeta({ language }, 'language')}
      isReadOnly={readOnly !== null}
      onEnter={() => presence.enterField('language')}
      onLeave={() => presence.leaveField('language')}
    />
  )
}
