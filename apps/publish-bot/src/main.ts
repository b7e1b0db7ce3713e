import { createInterface } from 'node:readline/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Life } from './command-context.ts'
import { runBot } from './run-bot.ts'

for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever read us has seen enough (`| head`); the work itself goes on to its end.
    if (error.code !== 'EPIPE') throw error
  })

/** On the side of errors, so that what is printed as the result stays that. */
const ask = async (question: string): Promise<string> => {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await lines.question(question)
  } finally {
    lines.close()
  }
}

/** From here on the first signal asks for an end in good order; a second one ends the process as ever. */
const live = (): Life => {
  const stopping = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort())
  const { signal: stop } = stopping
  return {
    stop,
    after: (milliseconds, act) => {
      const timer = setTimeout(act, milliseconds)
      return () => clearTimeout(timer)
    },
    pause: (milliseconds) => sleep(milliseconds, undefined, { signal: stop }).catch(() => {}),
    random: Math.random,
  }
}

// Not process.exit: what is still on its way into a pipe must arrive.
process.exitCode = await runBot({
  words: process.argv.slice(2),
  variables: process.env,
  workingFolder: process.cwd(),
  out: process.stdout,
  err: process.stderr,
  now: () => performance.now(),
  ask: process.stdin.isTTY ? ask : null,
  live,
  pause: sleep,
})
