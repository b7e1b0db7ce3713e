import { memo, type Ref } from 'react'
import type { Line } from './script-lines.ts'

export type Voice = { readonly id: string; readonly name: string; readonly color: number }

type Props = {
  readonly ref: Ref<HTMLOListElement>
  readonly lines: readonly Line[]
  readonly reading: string | null
  readonly voices: ReadonlyMap<string, Voice>
  /** Whose turns stand out; null: all alike. */
  readonly own: string | null
}

/** The script in large letters. */
export const PrompterText = ({ ref, lines, reading, voices, own }: Props) => (
  <ol ref={ref} className="prompter-text" data-own={own !== null}>
    {lines.map((line) => (
      <LineOnStage
        key={line.id}
        line={line}
        voice={line.speaker === null ? undefined : voices.get(line.speaker)}
        isOwn={own !== null && line.speaker === own}
        isRead={line.id === reading}
      />
    ))}
  </ol>
)

type LineProps = {
  readonly line: Line
  readonly voice: Voice | undefined
  readonly isOwn: boolean
  readonly isRead: boolean
}

const LineOnStage = memo(({ line, voice, isOwn, isRead }: LineProps) => {
  const { id, kind } = line
  const words = <Words line={line} />
  return (
    <li
      className="prompter-line"
      data-line={id}
      data-kind={kind}
      data-own={isOwn}
      data-color={voice?.color}
      aria-current={isRead ? 'true' : undefined}
    >
      {kind === 'turn' ? <span className="prompter-speaker">{voice?.name ?? ''}</span> : null}
      {kind === 'chapter' || kind === 'heading' ? <h2>{words}</h2> : <p>{words}</p>}
    </li>
  )
})

/** A stage direction stands in brackets and is not to be said. */
const Words = ({ line }: { line: Line }) =>
  line.pieces.map((piece, index) =>
    'say' in piece ? (
      piece.say
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name than their place
      <span key={index} className="prompter-cue">
        [{piece.cue}]
      </span>
    ),
  )
