import { useState } from 'react'
import { Button, FileTrigger } from 'react-aria-components'
import { useDesk } from '../desk/desk-context.ts'
import type { Restoring } from '../history/use-restoring.ts'
import { alignedWords } from './audio-words.ts'

/** Starts from a transcript with times, matched to the turns by their words; and the way to let all be estimated again. */
export const TimesImport = ({ act }: { act: Restoring['restore'] }) => {
  const { replica } = useDesk()
  const [notice, setNotice] = useState<string | null>(null)
  const { dispatch } = replica

  const record = (said: string, starts: ReadonlyMap<string, number | null>) =>
    act(said, ({ origin }) =>
      dispatch.doc.transact(() => {
        for (const [id, start] of starts) dispatch.body.setFields(id, { start }, origin)
      }, origin),
    )
  const take = async (file: File) => {
    const outcome = replica.snapshotNow()
    if (!outcome.ok) return setNotice('Some fields of the dispatch are not as they should be: see Checks.')
    const { timesOfFile } = await import('./import-times.ts')
    const times = await timesOfFile(file, outcome.snapshot)
    if (!times.ok) return setNotice(`${times.fault} Nothing was recorded.`)
    if (times.starts.size === 0) return setNotice('None of its words were found in the script. Nothing was recorded.')
    const said = alignedWords(times.starts.size, times.unmatched)
    setNotice(record(said, times.starts) ? said : 'Nothing can be written here now, so nothing was recorded.')
  }
  const unlockAll = () => {
    const outcome = replica.snapshotNow()
    const recorded = outcome.ok ? outcome.snapshot.body.filter((block) => 'start' in block && block.start !== null) : []
    if (recorded.length === 0) return setNotice('No start is recorded.')
    const said = `Unlocked ${recorded.length} ${recorded.length === 1 ? 'start' : 'starts'}.`
    if (record(said, new Map(recorded.map(({ id }) => [id, null])))) setNotice(said)
  }
  return (
    <div className="audio-times">
      <FileTrigger
        acceptedFileTypes={['.vtt', '.srt', '.json', 'text/vtt', 'application/json', 'application/x-subrip']}
        onSelect={(files) => {
          const file = files?.[0]
          if (file) void take(file)
        }}
      >
        <Button className="link-button">Times from a transcript…</Button>
      </FileTrigger>
      <span className="hint">WebVTT, SubRip or podcast JSON</span>
      <Button className="link-button" onPress={unlockAll}>
        Unlock all starts
      </Button>
      <p role="status" className="import-notice">
        {notice}
      </p>
    </div>
  )
}
