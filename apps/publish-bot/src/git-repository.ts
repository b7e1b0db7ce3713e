import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { done, ExitCode, failed, type Result } from './ending.ts'

const run = promisify(execFile)

/** A folder whose content is kept by git; a commit is there whole, or not at all. */
export type GitRepository = {
  /** All that differs in the folder, as one commit; null where nothing does. */
  readonly commit: (message: string) => Promise<Result<string | null>>
}

export const openGitRepository = async (folder: string): Promise<Result<GitRepository>> => {
  const git = (...words: string[]) => run('git', ['-C', folder, ...words], { maxBuffer: 64 * 1024 * 1024 })
  try {
    await git('rev-parse', '--is-inside-work-tree')
  } catch (error) {
    return failed(
      ExitCode.usage,
      `${folder} is no git repository: ${reasonOf(error)}`,
      `Make one with “git init ${folder}”, or leave out --git.`,
    )
  }
  return done({
    commit: async (message) => {
      try {
        // Also what a run that was killed left behind.
        await git('add', '--all', '.')
        const isSame = await git('diff', '--cached', '--quiet', '--', '.').then(
          () => true,
          (error: { code?: unknown }) => {
            if (error.code === 1) return false
            throw error
          },
        )
        if (isSame) return done(null)
        await git('commit', '--quiet', '--message', message, '--', '.')
        return done((await git('rev-parse', 'HEAD')).stdout.trim())
      } catch (error) {
        return failed(ExitCode.usage, `Could not commit in ${folder}: ${reasonOf(error)}`)
      }
    },
  })
}

const reasonOf = (error: unknown): string => {
  const { stderr, stdout, message } = error as Error & { stderr?: string; stdout?: string }
  return [stderr, stdout, message].map((text) => text?.trim() ?? '').find((text) => text !== '') ?? ''
}
