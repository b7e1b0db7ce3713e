import { createByteReader, Refusal } from './byte-reader.ts'

/** The clock that an encoded state vector gives for a client, 0 when it knows none. The whole of it has to be sound. */
export const clockIn = (vector: Uint8Array, client: number | null): number => {
  const reader = createByteReader(vector)
  let found = 0
  for (let left = reader.count(2); left > 0; left--) {
    const id = reader.varUint()
    const clock = reader.varUint()
    if (id === client) found = clock
  }
  if (reader.left() > 0) throw new Refusal('trailing', `${reader.left()} bytes follow the end of a state vector`)
  return found
}
