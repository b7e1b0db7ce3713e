import type { Command } from '../command-line.ts'
import { backUp, type OperationOutcome, verifyBackup } from './backup.ts'
import { repair } from './repair.ts'
import { restore } from './restore.ts'
import { stats } from './stats.ts'
import { tidy } from './tidy.ts'
import { verifyFolder } from './verify.ts'

type Operation = Extract<Command, { name: 'backup' | 'restore' | 'verify' | 'repair' | 'stats' | 'tidy' }>

/** What SQLite throws (a file that is no database, a disk that is full) is told as it is: the operator can act on it. */
export const runOperation = (command: Operation, folder: string, now: number): OperationOutcome => {
  try {
    if (command.name === 'backup') return backUp(folder, command.file, now)
    if (command.name === 'restore') return restore(folder, command.file, command.force, now)
    if (command.name === 'repair') return repair(folder, now)
    if (command.name === 'stats') return stats(folder)
    if (command.name === 'tidy') return tidy(folder, command, now)
    return { ok: true, ...(command.file === null ? verifyFolder(folder) : verifyBackup(command.file)) }
  } catch (error) {
    return { ok: false, message: `${command.name}: ${error instanceof Error ? error.message : String(error)}` }
  }
}
