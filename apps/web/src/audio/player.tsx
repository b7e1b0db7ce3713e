import type { ScriptEditor } from '@stet/editor/script-editor'
import { type Audio, audioAddress } from '@stet/schema/audio'
import { formatShortClock } from '@stet/schema/timeline'
import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import { useCommands } from '../commands/commands-context.ts'
import { writtenKeys } from '../commands/keys.ts'
import { useDesk } from '../desk/desk-context.ts'
import { useTimes } from '../times/use-times.ts'
import { recordNow } from './record-now.ts'
import { spokenAt } from './spoken-at.ts'
import { usePlaying } from './use-playing.ts'

const PLAY_KEYS = 'Mod-Alt-p'
const RECORD_KEYS = 'Mod-Alt-r'
const PLAY_SHAPE = 'M5 2.5v11l8.5-5.5z'
const PAUSE_SHAPE = 'M4 3h3v10H4zM9 3h3v10H9z'
const RATES = [0.75, 1, 1.25, 1.5, 2]
const STEP = 5
const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -STEP, ArrowDown: -STEP, ArrowRight: STEP, ArrowUp: STEP }

/** Plays the recording of the open dispatch, and shows in the script what is being said. */
export const Player = ({ audio, editor }: { audio: Audio; editor: ScriptEditor }) => {
  const { readOnly } = useDesk()
  const [element, setElement] = useState<HTMLAudioElement | null>(null)
  const [said, setSaid] = useState('')
  const playing = usePlaying(element)
  const timeline = useTimes(editor)?.timeline
  const length = playing.length ?? audio.seconds ?? 0
  const isBegun = playing.isPlaying || playing.at > 0

  const toggle = () => void (element?.paused ? element.play().catch(() => undefined) : element?.pause())
  const seek = (seconds: number) => {
    if (element !== null) element.currentTime = Math.max(0, Math.min(seconds, length))
  }

  const setRate = (rate: number) => {
    if (element !== null) element.playbackRate = rate
  }

  const spoken = isBegun && timeline !== undefined ? spokenAt(timeline, playing.at) : null
  useEffect(() => editor.showSpoken(spoken), [editor, spoken])
  useEffect(() => () => editor.showSpoken(null), [editor])
  useEffect(() => {
    if (element === null) return
    editor.setPlayFrom((block) => {
      element.currentTime = editor.times.get()?.timeline.get(block)?.start ?? 0
      void element.play().catch(() => undefined)
    })
    return () => editor.setPlayFrom(null)
  }, [editor, element])

  const command = { group: 'Times', heard: 'anywhere', words: 'audio recording listen' } as const
  useCommands(() => [
    { ...command, id: 'playAudio', label: element?.paused === false ? 'Pause' : 'Play', keys: [PLAY_KEYS], run: toggle },
    { ...command, id: 'audioBack', label: `Back ${STEP} seconds`, keys: [], run: () => seek(playing.at - STEP) },
    { ...command, id: 'audioAhead', label: `Ahead ${STEP} seconds`, keys: [], run: () => seek(playing.at + STEP) },
    ...(readOnly === null
      ? [
          {
            ...command,
            id: 'recordNow',
            label: 'This turn starts now',
            keys: [RECORD_KEYS],
            words: 'record start tap time',
            run: () => setSaid(recordNow(editor, element?.currentTime ?? 0)),
          },
        ]
      : []),
  ])

  const clock = `${formatShortClock(Math.floor(playing.at))} of ${formatShortClock(Math.floor(length))}`
  return (
    <>
      {/* biome-ignore lint/a11y/useMediaCaption: the script below is what is said */}
      <audio ref={setElement} src={audioAddress(audio)} preload="metadata" />
      <Button className="audio-play" aria-label={playing.isPlaying ? 'Pause' : 'Play'} onPress={toggle}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d={playing.isPlaying ? PAUSE_SHAPE : PLAY_SHAPE} />
        </svg>
      </Button>
      <input
        type="range"
        className="audio-position"
        aria-label="Position"
        aria-valuetext={clock}
        min={0}
        max={Math.max(1, Math.floor(length))}
        value={Math.floor(playing.at)}
        onKeyDown={(event) => {
          const step = STEPS[event.key]
          if (step === undefined) return
          event.preventDefault()
          seek(playing.at + step)
        }}
        onChange={({ target }) => seek(Number(target.value))}
      />
      <span className="audio-clock">{clock}</span>
      <label className="audio-rate">
        <span className="visually-hidden">Speed</span>
        <select value={playing.rate} onChange={({ target }) => setRate(Number(target.value))}>
          {RATES.map((rate) => (
            <option key={rate} value={rate}>
              {rate}×
            </option>
          ))}
        </select>
      </label>
      {readOnly === null && playing.isPlaying ? (
        <Button className="command-button" onPress={() => setSaid(recordNow(editor, element?.currentTime ?? 0))}>
          This turn starts now <kbd>{writtenKeys(RECORD_KEYS, navigator.platform)}</kbd>
        </Button>
      ) : null}
      <p role="status" className="audio-said">
        {playing.fails ? 'The recording cannot be played here: without the server, or in this browser.' : said}
      </p>
    </>
  )
}
