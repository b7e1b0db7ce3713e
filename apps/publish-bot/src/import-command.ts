import { deskPath } from '@stet/schema/address'
import type { CommandContext } from './command-context.ts'
import { measureOf, notesOn } from './describe-import.ts'
import { dispatchName } from './dispatch-name.ts'
import type { Result } from './ending.ts'
import { type ImportedFile, parseFiles, sendFiles } from './import-files.ts'

export const importCommand = async (
  { api, origin, folder, terminal }: CommandContext,
  files: readonly string[],
  speakers: readonly string[] | null,
  json: boolean,
): Promise<Result<undefined>> => {
  const parsed = await parseFiles(files, folder, speakers)
  if (!parsed.ok) return parsed

  const imported: ImportedFile[] = []
  const sent = await sendFiles(api, parsed.value, (file) => {
    imported.push(file)
    for (const note of notesOn(file.content)) terminal.note(`${file.name}: ${note}`)
    if (json) return
    terminal.print(`Imported ${dispatchName(file.content)}: ${measureOf(file.content)}, id ${file.id}`)
    terminal.print(`  ${origin}${deskPath(file.id)}`)
  })
  // A failure halfway still says what is on the server by now.
  if (json) terminal.print(JSON.stringify({ imported: imported.map((file) => reportOf(file, origin)) }))
  if (sent.ok || parsed.value.length === 1) return sent
  const left = parsed.value.slice(imported.length).map(({ name }) => name)
  return { ok: false, failure: { ...sent.failure, lines: [...sent.failure.lines, `Not imported: ${left.join(', ')}`] } }
}

const reportOf = ({ name, id, content }: ImportedFile, origin: string) => ({
  file: name,
  id,
  kind: content.kind,
  number: content.number,
  title: content.title,
  url: `${origin}${deskPath(id)}`,
  notes: notesOn(content),
})
