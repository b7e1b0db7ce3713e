import { readFileSync } from 'node:fs'

const TICKS_A_SECOND = 100

/** Of all threads of a process, from the kernel. */
export const processorSeconds = (pid: number): number => {
  const fields = fieldsOf(String(pid))
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND
}

/** Of all processes that this one started and that have ended. */
export const endedSeconds = (): number => {
  const fields = fieldsOf('self')
  return (Number(fields[13]) + Number(fields[14])) / TICKS_A_SECOND
}

/** From the third on: the second, a name, may hold spaces. */
const fieldsOf = (process: string): string[] =>
  readFileSync(`/proc/${process}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
