import { expect, test } from 'vitest'
import { createTerminal } from './terminal.ts'

const onScreen = (isTTY: boolean) => {
  const written: string[] = []
  const clock = { now: 0 }
  const stream = (name: string) => ({
    isTTY,
    write: (data: string | Uint8Array) => written.push(`${name} ${Buffer.from(data).toString()}`),
  })
  return { terminal: createTerminal(stream('out'), stream('err'), () => clock.now), written, clock }
}
const half = { verb: 'Made', count: 1, all: 2 }

test('X22: progress is one bar that goes away before anything else is said', () => {
  const { terminal, written } = onScreen(true)
  terminal.progress(half)
  terminal.progress({ ...half, count: 2 })
  terminal.print('done')
  terminal.progress(null)
  expect(written).toEqual([
    'err \r\u001b[K[============            ] Made 1 of 2',
    'err \r\u001b[K[========================] Made 2 of 2',
    'err \r\u001b[K',
    'out done\n',
  ])
})

test('A20: what is fetched is counted in megabytes', () => {
  const { terminal, written } = onScreen(true)
  terminal.progress({ verb: 'Fetched', count: 12_345_678, all: 24_691_356, unit: 'bytes' })
  expect(written).toEqual(['err \r\u001b[K[============            ] Fetched 12.3 of 24.7 MB'])
})

test('X22: where nobody watches, progress is a plain line every five seconds', () => {
  const { terminal, written, clock } = onScreen(false)
  for (let count = 0; count <= 12; count++) {
    clock.now = 1_000 * count
    terminal.progress({ verb: 'Made', count, all: 12 })
  }
  terminal.progress(null)
  clock.now = 60_000
  terminal.progress(half)
  expect(written).toEqual(['err Made 5 of 12\n', 'err Made 10 of 12\n'])
})

test('a control character in a line does not reach the terminal, and bytes go out as they are', () => {
  const { terminal, written } = onScreen(false)
  terminal.print('a\u001b[2Jb')
  terminal.write(Buffer.from('a\u001b[2Jb'))
  expect(written).toEqual(['out a\u{fffd}[2Jb\n', 'out a\u001b[2Jb'])
})
