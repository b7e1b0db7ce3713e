import type { Line, Origin } from './script-lines.ts'

/**
 * What stands on the prompter: the script as it is now, except in the line being read, which changes only when the
 * reader has left it. A line that is split, joined or joined to while it is read waits together with the lines that its
 * words went to or came from, so nothing is read twice or never.
 */
export type Prompter = {
  /** What stands on the screen. */
  readonly shown: readonly Line[]
  /** What the script says now. */
  readonly script: readonly Line[]
  /** The line at the mark; null in an empty script. */
  readonly reading: string | null
  /** The line being read is no longer what the script says. */
  readonly waits: boolean
}

export const openPrompter = (script: readonly Line[]): Prompter => show({ shown: script, script, reading: null, waits: false })

/** The script has changed. */
export const scriptChanged = (prompter: Prompter, script: readonly Line[]): Prompter =>
  show({ ...prompter, script: keepingSame(prompter.script, script) })

/** The reader has come to a line. */
export const reachLine = (prompter: Prompter, reading: string): Prompter =>
  reading === prompter.reading || !prompter.shown.some(({ id }) => id === reading) ? prompter : show({ ...prompter, reading })

/** Shows what waits, though the line is being read. */
export const takeNow = (prompter: Prompter): Prompter =>
  prompter.waits ? show({ ...prompter, shown: prompter.script, reading: readingAfterTaking(prompter) }) : prompter

/** The turn before or after the one being read; chapters and headings are passed over. Null at the ends. */
export const turnBeside = ({ shown, reading }: Prompter, step: 1 | -1): string | null => {
  const spoken = ({ kind }: Line) => kind !== 'chapter' && kind !== 'heading'
  const at = shown.findIndex(({ id }) => id === reading)
  const beside = step === 1 ? shown.slice(at + 1).find(spoken) : shown.slice(0, Math.max(at, 0)).findLast(spoken)
  return beside?.id ?? null
}

const show = ({ shown, script, reading }: Prompter): Prompter => {
  const held = heldLines(shown, script, reading)
  if (held === null || sayTheSame(held.shown, held.script))
    return { shown: script, script, reading: reading !== null && held !== null ? reading : (script[0]?.id ?? null), waits: false }
  const inHeld = new Set(held.script)
  const rest = script.filter((line) => !inHeld.has(line))
  const at = placeOf(held, rest, shown, script)
  return { shown: [...rest.slice(0, at), ...held.shown, ...rest.slice(at)], script, reading, waits: true }
}

type Held = { readonly shown: readonly Line[]; readonly script: readonly Line[] }

/** The line being read, and all that shares words with it, as shown and as the script has it; null when it is not shown. */
const heldLines = (shown: readonly Line[], script: readonly Line[], reading: string | null): Held | null => {
  const readingLine = shown.find(({ id }) => id === reading)
  if (readingLine === undefined) return null
  const known = new Set(shown.flatMap(({ segments }) => segments.map(({ id }) => id)))
  // A segment that was split off since belongs to the one that is shown.
  const originOf = ({ id, splitFrom }: Origin) => [id, ...splitFrom].find((each) => known.has(each)) ?? id
  const origins = new Set(readingLine.segments.map(originOf))
  // A line whose own words are all removed may have come to hold the words of another.
  const ids = new Set([readingLine.id])
  const shares = (line: Line) => ids.has(line.id) || line.segments.some((segment) => origins.has(originOf(segment)))
  const held = new Set<Line>()
  for (let grew = true; grew; ) {
    grew = false
    for (const line of [...shown, ...script]) {
      if (held.has(line) || !shares(line)) continue
      held.add(line)
      ids.add(line.id)
      for (const segment of line.segments) origins.add(originOf(segment))
      grew = true
    }
  }
  return { shown: shown.filter((line) => held.has(line)), script: script.filter((line) => held.has(line)) }
}

/** Where the script has what is held; what the script has no longer stays behind the line it followed. */
const placeOf = (held: Held, rest: readonly Line[], shown: readonly Line[], script: readonly Line[]): number => {
  const [first] = held.script
  if (first !== undefined) {
    const before = new Set(script.slice(0, script.indexOf(first)))
    return rest.filter((line) => before.has(line)).length
  }
  const start = shown.findIndex((line) => held.shown.includes(line))
  const followed = shown.slice(0, start).findLast(({ id }) => rest.some((line) => line.id === id))
  return followed === undefined ? 0 : rest.findIndex(({ id }) => id === followed.id) + 1
}

const readingAfterTaking = ({ shown, script, reading }: Prompter): string | null => {
  const at = shown.findIndex(({ id }) => id === reading)
  const segments = new Set(shown[at]?.segments.map(({ id }) => id))
  const stands = (id: string) => script.some((line) => line.id === id)
  return (
    [reading].find((id) => id !== null && stands(id)) ??
    script.find((line) => line.segments.some(({ id }) => segments.has(id)))?.id ??
    shown.slice(at + 1).find(({ id }) => stands(id))?.id ??
    script.at(-1)?.id ??
    null
  )
}

const sayTheSame = (a: readonly Line[], b: readonly Line[]): boolean => readAloud(a) === readAloud(b)
const readAloud = (lines: readonly Line[]): string =>
  JSON.stringify(lines.map(({ id, kind, speaker, pieces }) => [id, kind, speaker, pieces]))

/** Lines that are as they were stay the same objects, so that only what changed is drawn anew. */
const keepingSame = (before: readonly Line[], after: readonly Line[]): Line[] => {
  const known = new Map(before.map((line) => [line.id, line]))
  return after.map((line) => {
    const same = known.get(line.id)
    return same !== undefined && JSON.stringify(same) === JSON.stringify(line) ? same : line
  })
}
