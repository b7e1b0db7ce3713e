/**
 * Which of this person's changes the server has committed. Changes are numbered from 1 in the order they were made;
 * those found unsent in the local store at opening come first.
 *
 * The server acknowledges by counting the messages with content on this connection. A message vouches for every change
 * made before it, once the connection has handed over all that came before it was opened (its sync step 2).
 */
export type SentLedger = ReturnType<typeof createSentLedger>

export const createSentLedger = (foundUnsent: number) => {
  let made = foundUnsent
  let committed = 0
  let handedOver = false
  /** For each message sent and not yet acknowledged, the change it vouches for. */
  let inFlight: number[] = []
  let acknowledged = 0
  /** Messages of this connection up to and with its first sync step 2. */
  let untilHandedOver = 0

  return {
    made: (): number => made,
    committed: (): number => committed,
    unsent: (): number => made - committed,

    /** All that stood here when this connection was opened is committed. */
    handedOverCommitted: (): boolean => handedOver && acknowledged >= untilHandedOver,

    changeMade: (): number => {
      made += 1
      return made
    },

    connectionOpened: (): void => {
      handedOver = false
      inFlight = []
      acknowledged = 0
    },

    /** `upTo`: the change that it vouches for, where it was not made just now. */
    contentSent: (kind: 'step2' | 'update', upTo = made): void => {
      if (kind === 'step2' && !handedOver) {
        handedOver = true
        untilHandedOver = acknowledged + inFlight.length + 1
      }
      inFlight.push(handedOver ? upTo : 0)
    },

    /** The server has committed the first `count` messages with content of this connection. */
    acknowledge: (count: number): void => {
      const settled = inFlight.splice(0, Math.max(0, count - acknowledged))
      acknowledged += settled.length
      for (const upTo of settled) committed = Math.max(committed, upTo)
    },
  }
}
