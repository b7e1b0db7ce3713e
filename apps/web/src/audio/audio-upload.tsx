import { AUDIO_ENDINGS, type Audio } from '@stet/schema/audio'
import { useEffect, useRef, useState } from 'react'
import { Button, FileTrigger, ProgressBar } from 'react-aria-components'
import { useOnline } from '../react/use-online.ts'
import { type Upload, uploadAudio } from './upload-audio.ts'

type Props = { readonly label: string; readonly attach: (audio: Audio) => void }

/** A recording from this device. Who closes the dialog cancels what is on its way. */
export const AudioUpload = ({ label, attach }: Props) => {
  const isOnline = useOnline()
  const [part, setPart] = useState<number | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const upload = useRef<Upload | null>(null)
  useEffect(() => () => upload.current?.cancel(), [])

  const send = async (file: File) => {
    setFault(null)
    setPart(0)
    upload.current = uploadAudio(file, setPart)
    const outcome = await upload.current.outcome
    upload.current = null
    setPart(null)
    if (outcome.ok) attach(outcome.audio)
    else setFault(outcome.fault)
  }
  return (
    <div className="audio-upload">
      {part === null ? (
        <FileTrigger
          acceptedFileTypes={['audio/*', ...Object.values(AUDIO_ENDINGS).map((ending) => `.${ending}`)]}
          onSelect={(files) => {
            const file = files?.[0]
            if (file) void send(file)
          }}
        >
          <Button className="button small" isDisabled={!isOnline}>
            {label}
          </Button>
        </FileTrigger>
      ) : (
        <>
          <ProgressBar value={part * 100} aria-label="Upload" className="audio-progress">
            {({ percentage = 0, valueText }) => (
              <>
                <span className="audio-progress-track">
                  <span style={{ width: `${percentage}%` }} />
                </span>
                {part === 1 ? 'Reading it…' : valueText}
              </>
            )}
          </ProgressBar>
          <Button className="button small quiet" onPress={() => upload.current?.cancel()}>
            Cancel
          </Button>
        </>
      )}
      <p className="hint">{isOnline ? 'MP3, M4A, Ogg, FLAC or WAV, at most 1 GiB' : 'An upload needs the network.'}</p>
      <p role="status" className="fault">
        {fault}
      </p>
    </div>
  )
}
