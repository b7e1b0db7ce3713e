import type { Times } from '@stet/editor/script-times'
import type { RefObject } from 'react'
import { Dialog, Heading, Popover } from 'react-aria-components'
import { SpeakerTimes } from './speaker-times.tsx'
import { TargetField } from './target-field.tsx'

type Props = { readonly times: Times; readonly anchor: RefObject<HTMLElement | null>; readonly onClose: () => void }

/** The target, and each speaker's part and pace. */
export const TimesDialog = ({ times, anchor, onClose }: Props) => (
  <Popover className="popover times-popover" placement="top start" triggerRef={anchor} isOpen onOpenChange={onClose}>
    <Dialog className="times-dialog">
      <Heading slot="title">Times</Heading>
      <TargetField />
      <SpeakerTimes times={times} />
    </Dialog>
  </Popover>
)
