import type { Audio } from '@stet/schema/audio'
import type { RefObject } from 'react'
import { Button, Dialog, Heading, Popover } from 'react-aria-components'
import { useDesk } from '../desk/desk-context.ts'
import type { Restoring } from '../history/use-restoring.ts'
import { AudioUpload } from './audio-upload.tsx'
import { audioWords } from './audio-words.ts'
import { LinkForm } from './link-form.tsx'
import { TimesImport } from './times-import.tsx'

type Props = {
  readonly audio: Audio | null
  readonly act: Restoring['restore']
  readonly anchor: RefObject<HTMLElement | null>
  readonly onClose: () => void
}

/** Which recording the dispatch has, and where its times come from. Each change is one step of undo. */
export const AudioDialog = ({ audio, act, anchor, onClose }: Props) => {
  const { dispatch } = useDesk().replica
  const attach = (next: Audio) => {
    if (act(`Added ${audioWords(next)}.`, ({ origin }) => dispatch.setMeta({ audio: next }, origin))) onClose()
  }
  const remove = () => {
    act('Took the audio off.', ({ origin }) => dispatch.setMeta({ audio: null }, origin))
    onClose()
  }
  return (
    <Popover className="popover audio-popover" placement="top end" triggerRef={anchor} isOpen onOpenChange={onClose}>
      <Dialog className="audio-dialog">
        <Heading slot="title">Audio</Heading>
        {audio === null ? null : (
          <p className="audio-facts">
            {audioWords(audio)}{' '}
            <Button className="link-button" onPress={remove}>
              Take it off
            </Button>
          </p>
        )}
        <AudioUpload label={audio === null ? 'Choose a recording…' : 'Replace it…'} attach={attach} />
        <LinkForm attach={attach} />
        <TimesImport act={act} />
      </Dialog>
    </Popover>
  )
}
