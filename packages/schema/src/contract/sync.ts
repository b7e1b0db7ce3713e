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

/** 128 random bits in 22 characters, made by the server. */
export const EpochId = z.string().regex(/^[A-Za-z0-9_-]{22}$/, 'expected 22 characters of base64url')

/** Close codes 4400 to 4499 mean: do not come back (the y-websocket provider stops reconnecting). */
export const CloseCode = {
  /** Not a message of the protocol, or an update that is not sound. */
  badMessage: 4400,
  signedOut: 4401,
  forbidden: 4403,
  /** Read-only callers sent content. */
  readOnly: 4405,
  tooLarge: 4413,
  /** The server's copy is damaged and takes no content until it is repaired. */
  damaged: 4423,
  /** The log refused; try again later. */
  notSaved: 4500,
  /** The reader does not keep up; come back and be brought up to date. */
  tooSlow: 4508,
  /** The server goes down in good order; come back. */
  goingDown: 1012,
} as const
