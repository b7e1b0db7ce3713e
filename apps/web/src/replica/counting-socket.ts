import { MessageType } from '@stet/schema/contract/sync'
import * as decoding from 'lib0/decoding'

type Options = {
  /** While it says no, messages with content are dropped. */
  readonly maySend: () => boolean
  readonly onContent: (kind: 'step2' | 'update') => void
}

/**
 * The one place through which content leaves: the provider sends from several. It tells of every message with content,
 * since the server's acknowledgements count all of them, and holds those of a replica that may not write.
 */
export const countingSocket = ({ maySend, onContent }: Options): typeof WebSocket =>
  class extends WebSocket {
    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
      const kind = data instanceof Uint8Array ? contentKind(data) : null
      if (kind !== null && !maySend()) return
      if (kind !== null && this.readyState === WebSocket.OPEN) onContent(kind)
      super.send(data as Uint8Array<ArrayBuffer>)
    }
  }

const STEP_2 = 1
const UPDATE = 2

export const contentKind = (message: Uint8Array): 'step2' | 'update' | null => {
  if (message.length < 2) return null
  const decoder = decoding.createDecoder(message)
  if (decoding.readVarUint(decoder) !== MessageType.sync) return null
  const step = decoding.readVarUint(decoder)
  return step === STEP_2 ? 'step2' : step === UPDATE ? 'update' : null
}
