import { MessageType } from '@stet/schema/contract/sync'
import * as decoding from 'lib0/decoding'

/**
 * A WebSocket that tells of every message with content it sends: the provider sends from several places, and the
 * server's acknowledgements count all of them.
 */
export const countingSocket = (onContent: (kind: 'step2' | 'update') => void): typeof WebSocket =>
  class extends WebSocket {
    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
      const kind = data instanceof Uint8Array ? contentKind(data) : null
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
