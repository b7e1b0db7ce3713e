/** What may come in a second, and at once after a silence. */
export type Rate = { readonly messages: number; readonly burst: number; readonly bytes: number; readonly burstBytes: number }

/**
 * How much a connection may ask for, and all connections of one person, address and room together. Rates slow a sender down;
 * only one who is over the rate of a connection for long is closed, to come back with all of it in one message. So a rate costs
 * honest clients time, never words.
 */
export type Limits = {
  readonly connection: Rate
  readonly person: Rate
  readonly address: Rate
  readonly room: Rate
  /** Open sockets. */
  readonly sockets: { readonly person: number; readonly address: number; readonly room: number }
}

const MiB = 1024 * 1024
const LARGEST = 2 * MiB

const rate = (messages: number, burst: number, bytes: number): Rate => ({
  messages,
  burst,
  bytes,
  burstBytes: 2 * LARGEST + bytes,
})

export const LIMITS: Limits = {
  connection: rate(100, 300, MiB),
  person: rate(2_000, 6_000, 8 * MiB),
  address: rate(10_000, 30_000, 32 * MiB),
  room: rate(10_000, 30_000, 32 * MiB),
  sockets: { person: 200, address: 2_000, room: 1_000 },
}

/** All limits that many times as wide: for a desk whose people share one address, and for load tests. */
export const widened = (by: number, limits: Limits = LIMITS): Limits => {
  const wide = ({ messages, burst, bytes, burstBytes }: Rate): Rate => ({
    messages: messages * by,
    burst: burst * by,
    bytes: bytes * by,
    burstBytes: burstBytes * by,
  })
  const { connection, person, address, room, sockets } = limits
  return {
    connection: wide(connection),
    person: wide(person),
    address: wide(address),
    room: wide(room),
    sockets: { person: sockets.person * by, address: sockets.address * by, room: sockets.room * by },
  }
}

export const MAX_MESSAGE = LARGEST
/** Parts that one message may come in. */
export const MAX_FRAGMENTS = 256
/** Milliseconds over the rate of a connection after which it is closed. */
export const PATIENCE = 10_000

/** Updates larger than this are tried out in a worker first. */
export const LARGE = { bytes: 64 * 1024, structs: 2_000, newClients: 64, firstSetsOfOneKey: 32 }

/** Bytes that wait for a reader: relaying stops, the socket is cut. */
export const BEHIND = MiB
export const FAR_BEHIND = 8 * MiB
/** Milliseconds in which a reader who is behind takes nothing at all. */
export const MUTE = 10_000

export const PRESENCE = { bytes: 2_048, everySecond: 20 }
