import { Focusable, Tooltip, TooltipTrigger } from 'react-aria-components'
import { useFeed } from '../react/use-feed.ts'
import { useDesk } from './desk-context.ts'

export const HereNow = () => {
  const { replica } = useDesk()
  const people = useFeed(replica.presence.people)
  return (
    <ul className="here-now" aria-label="Here now">
      {people.map(({ id, name, color, self }) => (
        <li key={id}>
          <TooltipTrigger delay={200} closeDelay={0}>
            <Focusable>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard, too, comes to the tooltip */}
              <span className="avatar" data-color={color} tabIndex={0}>
                <span aria-hidden="true">{initialsOf(name)}</span>
                <span className="visually-hidden">{self ? `${name} (you)` : name}</span>
              </span>
            </Focusable>
            <Tooltip className="tooltip">{self ? `${name} (you)` : name}</Tooltip>
          </TooltipTrigger>
        </li>
      ))}
    </ul>
  )
}

const initialsOf = (name: string): string => {
  const words = name.trim().split(/\s+/)
  const letters =
    words.length > 1 ? [words[0], words.at(-1)].map((word) => [...(word ?? '')][0] ?? '') : [...name.trim()].slice(0, 2)
  return letters.join('').toUpperCase()
}
