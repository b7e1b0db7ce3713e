import { Focusable, Tooltip, TooltipTrigger } from 'react-aria-components'
import { Avatar, type AvatarProps, titleOf } from './avatar.tsx'

/** With the whole name for who points at it or comes to it by keyboard. */
export const NamedAvatar = (person: AvatarProps) => (
  <TooltipTrigger delay={200} closeDelay={0}>
    <Focusable>
      <Avatar {...person} />
    </Focusable>
    <Tooltip className="tooltip">{titleOf(person.name, person.isSelf)}</Tooltip>
  </TooltipTrigger>
)
