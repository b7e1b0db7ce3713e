import { besideWords, blockName, fieldName, fieldText, sourceDifferences } from '@stet/schema/change-words'
import type { BlockChange, Diff, FieldChange, SourceChange } from '@stet/schema/contract/history'
import type { Inline } from '@stet/schema/snapshot'
import { useId } from 'react'
import { Button } from 'react-aria-components'
import { useDesk } from '../desk/desk-context.ts'
import type { Place } from '../desk/place.ts'
import { useNameOf } from '../removed/use-name-of.ts'
import { namesOf } from './history-words.ts'
import { WordDiff } from './word-diff.tsx'

type Props = {
  readonly diff: Diff
  /** Whose changes these are, where it needs no saying; null: all are named. */
  readonly author: string | null
  readonly jump: (place: Place) => void
  /** Null where nothing may be written. */
  readonly onRestore: ((block: string) => void) | null
}

/** What changed between two moments: by field, by turn, by source. */
export const DiffView = ({ diff, author, jump, onRestore }: Props) => {
  const language = String(useDesk().replica.dispatch.meta.get('language') ?? 'en')
  const { fields, blocks, sources } = diff
  if (fields.length + blocks.length + sources.length === 0)
    return <p className="empty history-nothing">What was written here was taken back in the same session.</p>
  return (
    <div className="history-changes">
      {fields.map((change) => (
        <FieldDiff key={change.field} change={change} language={language} author={author} />
      ))}
      {blocks.map((change) => (
        <BlockDiff key={change.id} change={change} language={language} author={author} jump={jump} onRestore={onRestore} />
      ))}
      {sources.map((change) => (
        <SourceDiff key={change.id} change={change} language={language} author={author} />
      ))}
    </div>
  )
}

const words = (text: string): readonly Inline[] => (text === '' ? [] : [{ type: 'text', text }])

const By = ({ authors, author }: { authors: FieldChange['authors']; author: string | null }) => {
  const others = authors.filter(({ id }) => id !== author)
  return others.length === 0 ? null : (
    <p className="history-with">
      {author === null ? 'by' : 'with'} {namesOf(others)}
    </p>
  )
}

const FieldDiff = ({ change, language, author }: { change: FieldChange; language: string; author: string | null }) => {
  const id = useId()
  return (
    <article className="history-change" aria-labelledby={id}>
      <h4 id={id}>{fieldName(change.field)}</h4>
      <WordDiff
        before={words(fieldText(change.field, change.before))}
        after={words(fieldText(change.field, change.after))}
        language={language}
      />
      <By authors={change.authors} author={author} />
    </article>
  )
}

type BlockProps = Pick<Props, 'author' | 'jump' | 'onRestore'> & { readonly change: BlockChange; readonly language: string }

const BlockDiff = ({ change, language, author, jump, onRestore }: BlockProps) => {
  const { replica } = useDesk()
  const speakerOf = useNameOf()
  const id = useId()
  const { before, after } = change
  const block = after ?? before
  if (block === null) return null
  const speaker = block.kind === 'turn' && block.speaker !== null ? replica.dispatch.speakers.map.get(block.speaker) : undefined
  const notes = before === null ? ['added'] : after === null ? ['removed'] : besideWords(change, speakerOf)
  const isMovedAlone = before !== null && after !== null && JSON.stringify(before.content) === JSON.stringify(after.content)
  return (
    <article className="history-change" aria-labelledby={id} data-kind={block.kind}>
      <h4 id={id} data-color={speaker?.get('color')}>
        {blockName(block, speakerOf)}
        {notes.length === 0 ? null : <span className="history-note"> {notes.join(', ')}</span>}
      </h4>
      {isMovedAlone ? (
        <p className="word-diff" dir="auto">
          {brief(block.content)}
        </p>
      ) : (
        <WordDiff before={before?.content ?? []} after={after?.content ?? []} language={language} />
      )}
      <By authors={change.authors} author={author} />
      <div className="history-acts">
        {after === null ? null : (
          <Button className="button small quiet" aria-describedby={id} onPress={() => jump({ in: 'script', block: change.id })}>
            Go to it
          </Button>
        )}
        {before === null || onRestore === null ? null : (
          <Button className="button small" aria-describedby={id} onPress={() => onRestore(change.id)}>
            Restore this {block.kind} as before
          </Button>
        )}
      </div>
    </article>
  )
}

const brief = (content: readonly Inline[]): string => {
  const text = content.map((inline) => (inline.type === 'text' ? inline.text : `[${inline.cue}]`)).join('')
  return text.length > 120 ? `${text.slice(0, 117).trimEnd()} …` : text
}

const SourceDiff = ({ change, language, author }: { change: SourceChange; language: string; author: string | null }) => {
  const id = useId()
  const { before, after } = change
  const source = after ?? before
  if (source === null) return null
  const note = before === null ? ' added' : after === null ? ' removed' : ''
  return (
    <article className="history-change" aria-labelledby={id} data-kind="source">
      <h4 id={id}>
        Source: {source.title || 'Untitled'}
        {note === '' ? null : <span className="history-note">{note}</span>}
      </h4>
      {before === null || after === null ? null : (
        <dl className="history-fields">
          {sourceDifferences(before, after).map(({ field, name, was, is }) => (
            <div key={field}>
              <dt>{name}</dt>
              <dd>
                <WordDiff before={words(was)} after={words(is)} language={language} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      <By authors={change.authors} author={author} />
    </article>
  )
}
