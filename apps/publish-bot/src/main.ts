import { runBot } from './run-bot.ts'

for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever read us has seen enough (`| head`); the work itself goes on to its end.
    if (error.code !== 'EPIPE') throw error
  })

// Not process.exit: what is still on its way into a pipe must arrive.
process.exitCode = await runBot({
  words: process.argv.slice(2),
  variables: process.env,
  workingFolder: process.cwd(),
  out: process.stdout,
  err: process.stderr,
})
