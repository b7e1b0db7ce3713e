import { connect } from 'node:net'
import { processorSeconds } from './processor-seconds.ts'

/** Answers a second of the processor that the server took for them: what a whole core would give, whoever else is on the machine. */
export type Served = { readonly answers: number; readonly perSecond: number; readonly perProcessorSecond: number }

const CONNECTIONS = 32

/** Readers on connections that stay open, each of whom asks again as soon as it has its answer, for so many milliseconds. */
export const readersOf = async (port: number, pid: number, path: string, milliseconds: number): Promise<Served> => {
  const begun = performance.now()
  const before = processorSeconds(pid)
  const until = begun + milliseconds
  const counts = await Promise.all(Array.from({ length: CONNECTIONS }, () => readAgainAndAgain(port, path, until)))
  const answers = counts.reduce((sum, count) => sum + count, 0)
  return {
    answers,
    perSecond: answers / ((performance.now() - begun) / 1000),
    perProcessorSecond: answers / (processorSeconds(pid) - before),
  }
}

const readAgainAndAgain = (port: number, path: string, until: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const question = `GET ${path} HTTP/1.1\r\nhost: localhost\r\naccept-encoding: gzip, br\r\n\r\n`
    const socket = connect(port, '127.0.0.1', () => socket.write(question))
    socket.setNoDelay(true)
    let count = 0
    let left = 0
    let head = ''
    socket.on('error', reject)
    socket.on('data', (part) => {
      if (left === 0) {
        head += part.toString('latin1')
        const end = head.indexOf('\r\n\r\n')
        if (end < 0) return
        if (!head.startsWith('HTTP/1.1 200')) return void reject(new Error(head))
        left = Number(/content-length: (\d+)/i.exec(head)?.[1]) - (head.length - end - 4)
        head = ''
      } else left -= part.length
      if (left > 0) return
      count += 1
      if (performance.now() < until) socket.write(question)
      else {
        socket.destroy()
        resolve(count)
      }
    })
  })
