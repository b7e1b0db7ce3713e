/** Lets tasks of one key run one after another, and those of different keys beside each other. */
export const createTurnsByKey = () => {
  const lastByKey = new Map<string, Promise<unknown>>()
  return async <T>(key: string, task: () => Promise<T>): Promise<T> => {
    const run = (lastByKey.get(key) ?? Promise.resolve()).then(task)
    const ended = run.then(
      () => {},
      () => {},
    )
    lastByKey.set(key, ended)
    void ended.then(() => {
      if (lastByKey.get(key) === ended) lastByKey.delete(key)
    })
    return run
  }
}
export type TurnsByKey = ReturnType<typeof createTurnsByKey>
