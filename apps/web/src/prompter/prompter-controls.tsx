import { formatShortClock } from '@stet/schema/timeline'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { Choice } from '../fields/choice.tsx'
import { keyList, type PrompterKeyAct } from './prompter-keys.ts'
import type { PrompterSettings } from './prompter-settings.ts'
import type { Voice } from './prompter-text.tsx'

type Props = {
  readonly isRunning: boolean
  readonly wordsPerMinute: number
  readonly secondsLeft: number
  /** Such as `Turn 3 of 12`; empty where there are none. */
  readonly where: string
  readonly settings: PrompterSettings
  readonly roster: readonly Voice[]
  readonly own: Voice | null
  readonly choose: (change: Partial<PrompterSettings>) => void
  readonly run: (act: PrompterKeyAct) => void
}

/** Beneath the text. It fades while the text rolls, and comes back with a pointer or the focus. */
export const PrompterControls = (props: Props) => {
  const { isRunning, wordsPerMinute, secondsLeft, where, run } = props
  return (
    <section className="prompter-controls" aria-label="Controls">
      <Button className="button quiet" onPress={() => run('leave')}>
        Leave
      </Button>
      <span className="prompter-group">
        <Button className="button icon" aria-label="Turn before" onPress={() => run('turn before')}>
          <span aria-hidden="true">↑</span>
        </Button>
        <Button className="button go prompter-start" onPress={() => run('start or pause')}>
          {isRunning ? 'Pause' : 'Start'}
        </Button>
        <Button className="button icon" aria-label="Next turn" onPress={() => run('next turn')}>
          <span aria-hidden="true">↓</span>
        </Button>
      </span>
      <span className="prompter-group">
        <Button className="button icon" aria-label="Slower" onPress={() => run('slower')}>
          <span aria-hidden="true">−</span>
        </Button>
        <output className="prompter-speed" aria-label="Speed">
          {wordsPerMinute} <span className="prompter-unit">words/min</span>
        </output>
        <Button className="button icon" aria-label="Faster" onPress={() => run('faster')}>
          <span aria-hidden="true">+</span>
        </Button>
      </span>
      <span className="prompter-where">
        {where === '' ? null : <span>{where} · </span>}
        {formatShortClock(Math.ceil(secondsLeft))} left
      </span>
      <Settings {...props} />
    </section>
  )
}

const NOBODY = 'nobody'

const Settings = ({ settings, roster, own, choose, run }: Props) => (
  <DialogTrigger>
    <Button className="button">Settings</Button>
    <Popover className="popover prompter-settings" placement="top end">
      <Dialog aria-label="Prompter settings">
        {roster.length === 0 ? null : (
          <Choice
            label="Who reads here"
            value={own?.id ?? NOBODY}
            options={[{ id: NOBODY, name: 'All turns alike' }, ...roster]}
            onChange={(id) => choose({ me: roster.find((voice) => voice.id === id)?.name ?? '' })}
          />
        )}
        <div className="prompter-size">
          <span>Text size</span>
          <Button className="button small icon" aria-label="Smaller text" onPress={() => run('smaller')}>
            <span aria-hidden="true">A−</span>
          </Button>
          <Button className="button small icon" aria-label="Larger text" onPress={() => run('larger')}>
            <span aria-hidden="true">A+</span>
          </Button>
        </div>
        <Check label="Mirror, for glass" isOn={settings.isMirrored} onChange={(isMirrored) => choose({ isMirrored })} />
        <Check label="Dark on light" isOn={settings.isDarkOnLight} onChange={(isDarkOnLight) => choose({ isDarkOnLight })} />
        {document.fullscreenEnabled ? (
          <Button className="button small" onPress={() => run('full screen')}>
            Full screen
          </Button>
        ) : null}
        <dl className="prompter-keys">
          {keyList.map(([keys, does]) => (
            <div key={keys}>
              <dt>
                <kbd>{keys}</kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      </Dialog>
    </Popover>
  </DialogTrigger>
)

const Check = ({ label, isOn, onChange }: { label: string; isOn: boolean; onChange: (isOn: boolean) => void }) => (
  <label className="check">
    <input type="checkbox" checked={isOn} onChange={(event) => onChange(event.target.checked)} /> {label}
  </label>
)
