import { readFileSync } from 'node:fs'

/** From /proc, of all threads of a process. */
export type ProcessFigures = {
  /** Milliseconds of processor time since it began, in steps of 10. */
  readonly cpu: number
  /** Resident bytes. */
  readonly rss: number
}

const TICK = 10
const PAGE = 4096

export const processFigures = (pid: number): ProcessFigures => {
  // The name in the second field may hold blanks; the fields after it do not.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return { cpu: (Number(fields[11]) + Number(fields[12])) * TICK, rss: Number(fields[21]) * PAGE }
}
