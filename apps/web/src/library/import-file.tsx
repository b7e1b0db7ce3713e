import type { Content } from '@stet/schema/snapshot'
import { type DragEvent, type ReactNode, useState } from 'react'
import { Button, FileTrigger } from 'react-aria-components'

type Importing = { readonly onContent: (content: Content) => void; readonly onFault: (fault: string) => void }

const read = async (file: File, { onContent, onFault }: Importing) => {
  const { readFile } = await import('../import/read-file.ts')
  const imported = await readFile(file)
  if (!imported.ok) onFault(imported.fault)
  else if (imported.holds === 'dispatch') onContent(imported.content)
  else onFault(`${file.name} holds sources. Open a dispatch and import it there, under Sources.`)
}

export const ImportButton = (importing: Importing) => (
  <FileTrigger
    acceptedFileTypes={['.txt', '.md', '.json', '.vtt', '.srt', 'text/plain', 'text/vtt', 'application/json']}
    onSelect={(files) => {
      const file = files?.[0]
      if (file) void read(file, importing)
    }}
  >
    <Button className="button">Import a file</Button>
  </FileTrigger>
)

/** The whole list takes a dropped file; for the keyboard there is the button. */
export const ImportDrop = ({ children, ...importing }: Importing & { readonly children: ReactNode }) => {
  const [isOver, setOver] = useState(false)
  const over = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    setOver(true)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file) void read(file, importing)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a place to drop on is no control; the button beside it is
    <div className="import-drop" data-drop-target={isOver} onDragOver={over} onDragLeave={() => setOver(false)} onDrop={drop}>
      {children}
    </div>
  )
}
