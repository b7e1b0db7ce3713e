import { createInterface } from 'node:readline/promises'
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

// Not process.exit: what is still on its way into a pipe must arrive.
process.exitCode = await runBot({
  words: process.argv.slice(2),
  variables: process.env,
  workingFolder: process.cwd(),
  out: process.stdout,
  err: process.stderr,
  ask: process.stdin.isTTY ? ask : null,
})
