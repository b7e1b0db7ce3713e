import { z } from 'zod'

/**
 * What the sync socket adds to the stock y-websocket protocol (`ws://host/sync/<dispatchId>`).
 * Message types 0 to 3 are y-websocket's; ours starts above them, so a stock client never sees it.
 */
export const MessageType = { sync: 0, awareness: 1, auth: 2, queryAwareness: 3, saved: 4, epoch: 5 } as const

/**
 * `saved`, client to server: `varUint 4` alone asks for acknowledgements on this connection.
 * `saved`, server to client: `varUint 4`, `varUint count`: the first `count` sync messages carrying content
 * (step 2 or update, in order sent on this connection) are committed to the log.
 */

/**
 * `epoch`, server to client: `varUint 5`, `varString lineage`, `varString epoch`, `varUint damaged` (0 or 1). The first
 * message on a connection whose address asks for it (`?epoch=tell`), so that a client knows which dispatch it has met
 * before it is asked for its content. A lineage is born with a dispatch and outlives backup, restore and repair; an epoch
 * begins whenever the server's copy may have gone back. Both are empty where the server cannot read them any more.
 */
export const EPOCH_PARAM = 'epoch'

/**
 * `?heard=<epoch>.<seq>`: this client has, of that epoch, all entries of the log up to `seq`, and wants what came after. What it
 * has heard it is told with the messages themselves: behind the bytes of an update, of a step 2 and of `saved` the server writes
 * `varUint seq`, where stock clients do not look. It counts from the first step 2 of a connection on. Where the server cannot
 * go on from there it hands out the whole, as it does to a newcomer.
 */
export const HEARD_PARAM = 'heard'
export type Heard = { readonly epoch: string; readonly seq: number }
export const heardText = ({ epoch, seq }: Heard): string => `${epoch}.${seq}`

/** Null for what nobody can have heard. */
export const readHeard = (text: string | null): Heard | null => {
  const [, epoch, seq] = /^([A-Za-z0-9_-]{22})\.(\d{1,15})$/.exec(text ?? '') ?? []
  return epoch === undefined ? null : { epoch, seq: Number(seq) }
}

/** 128 random bits in 22 characters, made by the server. */
export const EpochId = z.string().regex(/^[A-Za-z0-9_-]{22}$/, 'expected 22 characters of base64url')

/**
 * Why a socket was closed: the one table for both ends. `message` is what a person at the desk reads; the reason that travels
 * with the code is for whoever wrote the client. Codes 4400 to 4499 mean: do not come back, the same would happen again (the
 * y-websocket provider stops reconnecting). After all others the client comes back, and its step 2 brings what was not stored.
 */
export const CLOSINGS = {
  /** Not a message of the protocol, or an update that is not sound. */
  badMessage: {
    code: 4400,
    message: 'The server could not read what this page sent. What is saved here stays; copy your last words, then reload.',
  },
  signedOut: { code: 4401, message: 'Your session has ended. Sign in again to go on with the others.' },
  forbidden: { code: 4403, message: 'You may not open this desk any more. Ask its owner; what is saved here stays.' },
  /** Read-only callers sent content. */
  readOnly: { code: 4405, message: 'You may read this dispatch, not change it.' },
  /** Another page of somebody else writes under the client id of this one. */
  idInUse: {
    code: 4409,
    message: 'Another page writes under the name of this one. Copy your last words, then reload: the page gets a new name.',
  },
  /** More than a message may have, or more work than one update may make for those who get it. */
  tooLarge: {
    code: 4413,
    message: 'This is more at once than the server takes. What is saved here stays; bring large texts in by import.',
  },
  /** The server's copy is damaged and takes no content until it is repaired. */
  damaged: {
    code: 4423,
    message:
      'The server’s copy of this dispatch is damaged: it can be read, not changed, until whoever runs the server repairs it.',
  },
  /** The caller may do more or less than when the socket was opened; on return the server goes by what holds now. */
  rightsChanged: { code: 4503, message: 'What you may do here has changed. This page connects again by itself.' },
  /** The server goes down in good order. */
  goingDown: { code: 1012, message: 'The server restarts. This page connects again by itself.' },
  /** The log refused, or something is missing here that the client may still have. */
  notSaved: {
    code: 4500,
    message: 'The server could not store your last changes. They stay here, and go up again by themselves.',
  },
  /** The reader does not keep up; on return it is brought up to date. */
  tooSlow: { code: 4508, message: 'This connection is too slow for all that is written. It is made again by itself.' },
  /** More messages than one page may send for longer than a burst; on return all of it goes up in one. */
  tooMany: { code: 4529, message: 'This page sends more than the server takes one by one. It goes up in one piece by itself.' },
} as const satisfies Record<string, { readonly code: number; readonly message: string }>

export type CloseName = keyof typeof CLOSINGS

export const CloseCode = Object.fromEntries(Object.entries(CLOSINGS).map(([name, { code }]) => [name, code])) as {
  readonly [Name in CloseName]: (typeof CLOSINGS)[Name]['code']
}

/** Null for codes that are not ours: the network's, the browser's. */
export const closeMessage = (code: number): string | null =>
  Object.values(CLOSINGS).find((closing) => closing.code === code)?.message ?? null
