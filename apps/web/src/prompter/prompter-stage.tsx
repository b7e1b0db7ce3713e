import type { Person } from '@stet/schema/contract/people'
import { type CSSProperties, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import type { Replica } from '../replica/replica.ts'
import { turnBeside } from './prompter.ts'
import { PrompterControls } from './prompter-controls.tsx'
import type { PrompterKeyAct } from './prompter-keys.ts'
import { LARGEST_TEXT, ownVoice, SMALLEST_TEXT } from './prompter-settings.ts'
import { PrompterText } from './prompter-text.tsx'
import { paceOf, secondsFor, withinReach, wordsIn, wordsLeft, wordsOf } from './reading-time.ts'
import { createReel, type Reel } from './reel.ts'
import { useColours } from './use-colours.ts'
import { useKeys } from './use-keys.ts'
import { usePrompter } from './use-prompter.ts'
import { useRoster } from './use-roster.ts'
import { useSettings } from './use-settings.ts'
import { useTimeline } from './use-timeline.ts'
import { useTurnByTurn } from './use-turn-by-turn.ts'
import { useWakeLock } from './use-wake-lock.ts'

const SPEED_STEP = 5
const SIZE_STEP = 0.25
/** Beyond this much of a turn, going back goes to its start. */
const WELL_INTO = 0.15

type Props = {
  readonly replica: Replica
  readonly person: Person
  readonly toggleFullScreen: () => void
  readonly onLeave: () => void
}

/** The script as one reads it aloud: it rolls past a mark, and the turn at the mark stands as it is until it is read. */
export const PrompterStage = ({ replica, person, toggleFullScreen, onLeave }: Props) => {
  const { dispatch } = replica
  const { prompter, reach, take } = usePrompter(dispatch)
  const [settings, choose] = useSettings()
  const [isRunning, setRunning] = useState(false)
  const roster = useRoster(replica)
  const timeline = useTimeline(replica)
  const root = useRef<HTMLElement>(null)
  const stage = useRef<HTMLDivElement>(null)
  const text = useRef<HTMLOListElement>(null)
  const reel = useRef<Reel | null>(null)

  const voices = useMemo(() => new Map(roster.map((voice) => [voice.id, voice])), [roster])
  const own = ownVoice(settings.me, person.name, roster)
  const wordsPerMinute = settings.wordsPerMinute ?? paceOf(prompter.script, timeline)
  const { textSize } = settings
  const secondsForAll = secondsFor(wordsIn(prompter.shown), wordsPerMinute)

  useLayoutEffect(() => {
    if (stage.current === null || text.current === null) return
    const made = createReel({ stage: stage.current, text: text.current, onReach: reach, onEnd: () => setRunning(false) })
    reel.current = made
    stage.current.focus({ preventScroll: true })
    return () => made.destroy()
  }, [reach])
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever draws the text anew must not move it
  useLayoutEffect(() => reel.current?.keep(prompter.reading), [prompter.shown, textSize, own?.id])

  useEffect(() => {
    const rolls = isRunning && !prefersStillness()
    reel.current?.rollIn(rolls && secondsForAll > 0 ? secondsForAll : null)
  }, [isRunning, secondsForAll])
  const readingLine = prompter.shown.find(({ id }) => id === prompter.reading)
  const secondsForLine = secondsFor(readingLine === undefined ? 0 : wordsOf(readingLine), wordsPerMinute)
  useTurnByTurn(isRunning && prefersStillness(), prompter.reading, secondsForLine, () => {
    const next = turnBeside(prompter, 1)
    if (next === null) setRunning(false)
    else reel.current?.goTo(next)
  })
  useEffect(() => {
    // The button went with what waited: the keys are still wanted.
    if (!prompter.waits && document.activeElement === document.body) stage.current?.focus({ preventScroll: true })
  }, [prompter.waits])
  useWakeLock(isRunning)
  useColours(settings.isDarkOnLight)

  const run = useCallback(
    (act: PrompterKeyAct) => {
      const goTo = (line: string | null | undefined) => {
        if (line) reel.current?.goTo(line)
      }
      const resize = (by: number) =>
        choose({ textSize: Math.min(LARGEST_TEXT, Math.max(SMALLEST_TEXT, (textSize ?? firstTextSize()) + by)) })
      const acts: Record<PrompterKeyAct, () => void> = {
        'start or pause': () => setRunning((now) => !now),
        'next turn': () => goTo(turnBeside(prompter, 1)),
        'turn before': () =>
          goTo((reel.current?.fraction() ?? 0) > WELL_INTO ? prompter.reading : (turnBeside(prompter, -1) ?? prompter.reading)),
        'to the start': () => goTo(prompter.shown[0]?.id),
        'to the end': () => goTo(prompter.shown.at(-1)?.id),
        faster: () => choose({ wordsPerMinute: withinReach(wordsPerMinute + SPEED_STEP) }),
        slower: () => choose({ wordsPerMinute: withinReach(wordsPerMinute - SPEED_STEP) }),
        larger: () => resize(SIZE_STEP),
        smaller: () => resize(-SIZE_STEP),
        mirror: () => choose({ isMirrored: !settings.isMirrored }),
        'light or dark': () => choose({ isDarkOnLight: !settings.isDarkOnLight }),
        'full screen': toggleFullScreen,
        'take now': () => {
          take()
          stage.current?.focus({ preventScroll: true })
        },
        leave: onLeave,
      }
      acts[act]()
    },
    [prompter, settings, textSize, wordsPerMinute, choose, take, toggleFullScreen, onLeave],
  )
  useKeys(root, run)

  const turns = prompter.shown.filter(({ kind }) => kind === 'turn')
  const upToHere = prompter.shown.slice(0, prompter.shown.findIndex(({ id }) => id === prompter.reading) + 1)
  const nth = Math.max(1, upToHere.filter(({ kind }) => kind === 'turn').length)
  return (
    <main
      ref={root}
      className="prompter"
      data-running={isRunning}
      style={textSize === null ? {} : ({ '--prompter-size': `${textSize}rem` } as CSSProperties)}
    >
      <h1 className="visually-hidden">Prompter</h1>
      <div className="prompter-glass" data-mirrored={settings.isMirrored}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keys of the prompter are heard here */}
        <section ref={stage} className="prompter-stage" aria-label="Script" tabIndex={0}>
          <PrompterText ref={text} lines={prompter.shown} reading={prompter.reading} voices={voices} own={own?.id ?? null} />
          {prompter.shown.length === 0 ? (
            <p className="prompter-empty">Nothing to read yet. What is written shows here.</p>
          ) : null}
        </section>
        <div className="prompter-mark" aria-hidden="true" />
        <div className="prompter-waits" role="status">
          {prompter.waits ? (
            <>
              A change waits in this turn.{' '}
              <Button className="link-button" onPress={() => run('take now')}>
                Show it now <kbd>T</kbd>
              </Button>
            </>
          ) : null}
        </div>
      </div>
      <PrompterControls
        isRunning={isRunning}
        wordsPerMinute={wordsPerMinute}
        secondsLeft={secondsFor(wordsLeft(prompter.shown, prompter.reading), wordsPerMinute)}
        where={turns.length > 0 ? `Turn ${nth} of ${turns.length}` : ''}
        settings={settings}
        roster={roster}
        own={own}
        choose={choose}
        run={run}
      />
    </main>
  )
}

const prefersStillness = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches

/** As `--prompter-size` is before anyone chooses. */
const firstTextSize = (): number => Math.min(3.5, Math.max(1.625, Math.min(innerWidth * 0.05, innerHeight * 0.09) / 16))
