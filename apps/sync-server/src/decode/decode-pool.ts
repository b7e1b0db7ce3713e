import { Worker } from 'node:worker_threads'
import type { JobAnswer, JobCall, JobName, Jobs } from './jobs.ts'

/** `late`: stopped at its deadline. `failed`: it threw, or its thread ended. */
export type JobOutcome<T> = { ok: true; value: T } | { ok: false; fault: 'late' | 'failed'; message: string }

export type DecodePool = {
  readonly run: <N extends JobName>(name: N, input: Parameters<Jobs[N]>[0]) => Promise<JobOutcome<ReturnType<Jobs[N]>>>
  /** Ends the threads; jobs that still run come out as failed. */
  readonly close: () => Promise<void>
}

type Asked = { readonly call: JobCall; readonly settle: (outcome: JobOutcome<never>) => void }

type Thread = { readonly worker: Worker; onAnswer: ((answer: JobAnswer | { step: 'ended'; message: string }) => void) | null }

const DEADLINE = 20_000
const HEAP_MEGABYTES = 256

/** Worker threads, started when there is work for them. One that is late or has crashed is replaced. */
export const createDecodePool = (size: number, deadline = DEADLINE): DecodePool => {
  const threads = new Set<Thread>()
  const idle: Thread[] = []
  const queue: Asked[] = []
  let closed = false

  const next = () => {
    while (queue.length > 0 && (idle.length > 0 || threads.size < size)) {
      const asked = queue.shift() as Asked
      work(idle.pop() ?? start(), asked)
    }
  }
  const start = (): Thread => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
    })
    const thread: Thread = { worker, onAnswer: null }
    threads.add(thread)
    worker.on('message', (answer: JobAnswer) => thread.onAnswer?.(answer))
    worker.on('error', (error) => thread.onAnswer?.({ step: 'ended', message: String(error) }))
    worker.on('exit', () => {
      threads.delete(thread)
      if (idle.includes(thread)) idle.splice(idle.indexOf(thread), 1)
      thread.onAnswer?.({ step: 'ended', message: 'the thread has ended' })
    })
    return thread
  }
  const work = (thread: Thread, { call, settle }: Asked) => {
    const finish = (outcome: JobOutcome<never>, reusable: boolean) => {
      clearTimeout(timer)
      thread.onAnswer = null
      thread.worker.unref()
      if (reusable) idle.push(thread)
      else {
        threads.delete(thread)
        void thread.worker.terminate()
      }
      settle(outcome)
      next()
    }
    const late = () => finish({ ok: false, fault: 'late', message: 'it took longer than it may' }, false)
    let timer = setTimeout(late, deadline)
    thread.worker.ref()
    thread.onAnswer = (answer) => {
      if (answer.step === 'done') finish({ ok: true, value: answer.value as never }, true)
      else if (answer.step === 'failed') finish({ ok: false, fault: 'failed', message: answer.message }, true)
      else if (answer.step === 'ended') finish({ ok: false, fault: 'failed', message: answer.message }, false)
      else {
        clearTimeout(timer)
        timer = setTimeout(late, answer.within)
      }
    }
    thread.worker.postMessage(call)
  }

  return {
    run: (name, input) =>
      new Promise((settle) => {
        if (closed) return settle({ ok: false, fault: 'failed', message: 'the server is going down' })
        queue.push({ call: { name, input }, settle: settle as Asked['settle'] })
        next()
      }),
    close: async () => {
      closed = true
      for (const { settle } of queue.splice(0)) settle({ ok: false, fault: 'failed', message: 'the server is going down' })
      // `exit` of each settles what still runs.
      await Promise.all([...threads].map(({ worker }) => worker.terminate()))
    },
  }
}
