import { expect, test } from 'vitest'
import { createTerminal } from './terminal.ts'

const onScreen = (isTTY: boolean) => {
  const written: string[] = []
  const stream = (name: string) => ({
    isTTY,
    write: (data: string | Uint8Array) => written.push(`${name} ${Buffer.from(data).toString()}`),
  })
  return { terminal: createTerminal(stream('out'), stream('err')), written }
}

test('progress is one line that goes away before anything else is said', () => {
  const { terminal, written } = onScreen(true)
  terminal.progress('Fetched 1 of 2')
  terminal.print('done')
  terminal.progress('')
  expect(written).toEqual(['err \r\u001b[KFetched 1 of 2', 'err \r\u001b[K', 'out done\n'])
})

test('nothing is said of progress where nobody watches', () => {
  const { terminal, written } = onScreen(false)
  terminal.progress('Fetched 1 of 2')
  terminal.note('done')
  expect(written).toEqual(['err done\n'])
})

test('a control character in a line does not reach the terminal, and bytes go out as they are', () => {
  const { terminal, written } = onScreen(false)
  terminal.print('a\u001b[2Jb')
  terminal.write(Buffer.from('a\u001b[2Jb'))
  expect(written).toEqual(['out a\u{fffd}[2Jb\n', 'out a\u001b[2Jb'])
})
