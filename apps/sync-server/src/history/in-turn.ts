/** Lets one task run at a time, in the order asked, while at most `most` wait; null: too many do. */
export const createTurns = (most: number) => {
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()
  return async <T>(task: () => Promise<T>): Promise<T | null> => {
    if (waiting >= most) return null
    waiting += 1
    const run = last.then(task).finally(() => {
      waiting -= 1
    })
    last = run.catch(() => {})
    return run
  }
}
