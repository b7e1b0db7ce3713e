import { ARTWORK_PIXELS, type Artwork, smallArtworkPath } from '@stet/schema/artwork'
import { ARTWORK_UPLOAD, MAX_ARTWORK_BYTES, StoredArtwork } from '@stet/schema/contract/artwork'
import { useEffect, useRef, useState } from 'react'
import { Button, DropZone, FileTrigger, ProgressBar } from 'react-aria-components'
import { useServices } from '../react/services-context.ts'
import { useOnline } from '../react/use-online.ts'
import { SERVER_FAULT, type Sending, sendFile } from '../uploads/send-file.ts'
import { artworkWords } from './artwork-words.ts'

type Props = { readonly isReadOnly: boolean }

/** The picture of the show. It stands for readers as soon as it has come: nothing is left to be saved. */
export const ArtworkSection = ({ isReadOnly }: Props) => {
  const { api } = useServices()
  const isOnline = useOnline()
  /** Undefined: nobody has answered yet. */
  const [artwork, setArtwork] = useState<Artwork | null | undefined>(undefined)
  const [part, setPart] = useState<number | null>(null)
  const [said, setSaid] = useState<Said>(NOTHING)
  const sending = useRef<Sending | null>(null)

  useEffect(() => {
    let isHere = true
    void api('getArtwork').then((answer) => {
      if (isHere && answer.ok) setArtwork(answer.value.artwork)
    })
    return () => {
      isHere = false
      sending.current?.cancel()
    }
  }, [api])

  const send = async (file: File) => {
    if (file.size > MAX_ARTWORK_BYTES)
      return setSaid(fault(`${file.name} is larger than ${MAX_ARTWORK_BYTES / 1024 ** 2} MiB; save it as JPEG.`))
    setSaid(NOTHING)
    setPart(0)
    sending.current = sendFile(ARTWORK_UPLOAD, file, setPart)
    const outcome = await sending.current.outcome
    sending.current = null
    setPart(null)
    const stored = outcome.ok ? StoredArtwork.safeParse(outcome.answer).data : undefined
    if (stored) {
      setArtwork(stored.artwork)
      setSaid({ words: 'Readers see it from now on.', isFault: false })
    } else setSaid(fault(outcome.ok ? `${SERVER_FAULT}.` : outcome.fault))
  }
  const remove = async () => {
    const answer = await api('removeArtwork')
    if (answer.ok) setArtwork(null)
    setSaid(
      answer.ok
        ? { words: 'Taken off. Readers do not see it any more.', isFault: false }
        : fault(answer.fault === 'refused' ? answer.problem.title : 'The server does not answer; it still stands.'),
    )
  }
  const acts =
    part === null ? (
      <div className="artwork-acts">
        <FileTrigger acceptedFileTypes={['image/png', 'image/jpeg']} onSelect={(files) => files?.[0] && void send(files[0])}>
          <Button className="button" isDisabled={!isOnline}>
            {artwork ? 'Replace…' : 'Choose a picture…'}
          </Button>
        </FileTrigger>
        {artwork ? (
          <Button className="button quiet" isDisabled={!isOnline} onPress={() => void remove()}>
            Remove
          </Button>
        ) : null}
      </div>
    ) : (
      <div className="artwork-acts">
        <ProgressBar value={part * 100} aria-label="Upload" className="artwork-progress">
          {({ percentage = 0, valueText }) => (
            <>
              <span className="artwork-track">
                <span style={{ width: `${percentage}%` }} />
              </span>
              {part === 1 ? 'Reading it…' : valueText}
            </>
          )}
        </ProgressBar>
        <Button className="button quiet" onPress={() => sending.current?.cancel()}>
          Cancel
        </Button>
      </div>
    )
  return (
    <section className="artwork-section" aria-labelledby="artwork-title">
      <h2 id="artwork-title">Artwork</h2>
      <DropZone
        className="artwork-drop"
        aria-label="Drop a picture here"
        isDisabled={isReadOnly || !isOnline || part !== null}
        getDropOperation={(types) => (types.has('image/png') || types.has('image/jpeg') ? 'copy' : 'cancel')}
        onDrop={({ items }) => {
          const [item] = items.filter((each) => each.kind === 'file')
          if (item) void item.getFile().then(send)
        }}
      >
        {artwork ? (
          <img
            className="artwork-picture"
            src={smallArtworkPath(artwork)}
            alt="The artwork as it stands"
            width={128}
            height={128}
          />
        ) : (
          <span className="artwork-picture artwork-none">{artwork === null ? 'None' : ''}</span>
        )}
        <div className="artwork-about">
          {artwork ? <p className="artwork-facts">{artworkWords(artwork)}</p> : null}
          <p className="hint">
            By which readers and directories of podcasts know the show: square, {ARTWORK_PIXELS.least} to {ARTWORK_PIXELS.most}{' '}
            pixels, PNG or JPEG.
            {isReadOnly ? '' : isOnline ? ' Choose it, or drop it here.' : ' It takes the network to change it.'}
          </p>
          {isReadOnly ? null : acts}
          <p role="status" className={said.isFault ? 'fault' : 'hint'}>
            {said.words}
          </p>
        </div>
      </DropZone>
    </section>
  )
}

type Said = { readonly words: string | null; readonly isFault: boolean }
const NOTHING: Said = { words: null, isFault: false }
const fault = (words: string | null): Said => ({ words, isFault: true })
