import { CalendarDate } from '@stet/schema/snapshot'
import { Language } from '../fields/language.tsx'
import { PlainField } from '../fields/plain-field.tsx'
import { ProseField } from '../fields/prose-field.tsx'
import { later } from '../react/later.tsx'
import { useObserved } from '../react/use-observed.ts'
import { useDesk } from './desk-context.ts'

const LanguageField = later(async () => (await import('../fields/language-field.tsx')).LanguageField, Language)

const origin = 'masthead'

/** What stands above the script, and on the published page before it. */
export const Masthead = () => {
  const { dispatch } = useDesk().replica
  useObserved(dispatch.meta)
  const isEssay = dispatch.meta.get('kind') === 'essay'
  return (
    <section className="masthead" aria-label="Header">
      <div className="number-and-date">
        {isEssay ? null : <NumberAndDate />}
        <LanguageField />
      </div>
      <h1 className="visually-hidden">{isEssay ? 'Essay' : 'Dispatch'}</h1>
      <ProseField label="Title" place="title" text={dispatch.text('title')} singleLine placeholder="Untitled" />
      {isEssay ? (
        <div className="byline">
          <ProseField label="Byline role" place="bylineRole" text={dispatch.text('bylineRole')} singleLine placeholder="Editor" />
          <ProseField
            label="Byline handle"
            place="bylineHandle"
            text={dispatch.text('bylineHandle')}
            singleLine
            placeholder="@handle"
          />
        </div>
      ) : (
        <>
          <div className="pull-quote">
            <ProseField label="Pull quote" place="quote" text={dispatch.text('quote')} placeholder="The line to remember" />
            <div className="attribution">
              <ProseField
                label="Quoted person"
                place="quoteName"
                text={dispatch.text('quoteName')}
                singleLine
                placeholder="Who said it"
              />
              <ProseField
                label="Quoted role"
                place="quoteRole"
                text={dispatch.text('quoteRole')}
                singleLine
                placeholder="Who they are"
              />
            </div>
          </div>
          <ProseField
            label="Summary"
            place="summary"
            text={dispatch.text('summary')}
            placeholder="What it is about, in a few sentences"
          />
          <ProseField label="Topics" place="topics" text={dispatch.text('topics')} placeholder="One a line" />
        </>
      )}
    </section>
  )
}

const NumberAndDate = () => {
  const { dispatch } = useDesk().replica
  const number = dispatch.meta.get('number')
  const date = dispatch.meta.get('date')
  return (
    <>
      <PlainField
        label="Number"
        place="number"
        value={typeof number === 'number' ? String(number) : ''}
        inputMode="numeric"
        placeholder="none"
        fault={(draft) => (draft.trim() === '' || /^0*[1-9]\d{0,5}$/.test(draft.trim()) ? null : 'A whole number from 1.')}
        write={(draft) => dispatch.setMeta({ number: draft === '' ? null : Number(draft) }, origin)}
      />
      <PlainField
        label="Date"
        place="date"
        type="date"
        value={typeof date === 'string' ? date : ''}
        fault={(draft) => (draft === '' || CalendarDate.safeParse(draft).success ? null : 'A date such as 2026-01-31.')}
        write={(draft) => dispatch.setMeta({ date: draft === '' ? null : draft }, origin)}
      />
    </>
  )
}
