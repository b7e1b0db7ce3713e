import { MessageType } from '@stet/schema/contract/sync'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

type Options = {
  /** While it says no, messages with content are dropped. */
  readonly maySend: () => boolean
  /** How many changes have been made by now. */
  readonly made: () => number
  /** `upTo`: the changes that are with the server once it has this message and those before it. */
  readonly onContent: (kind: ContentKind, upTo: number) => void
}
type ContentKind = 'step2' | 'update'

/** The server takes 2 MiB at once, and looks into what is large before it goes on. */
const LARGEST = 512 * 1024

/**
 * The one place through which content leaves: the provider sends from several. It tells of every message with content,
 * since the server's acknowledgements count all of them, and holds those of a replica that may not write. What is larger than one
 * message should be (weeks without a network, or all that a server has lost) goes in parts.
 */
export const countingSocket = ({ maySend, made, onContent }: Options): typeof WebSocket =>
  class extends WebSocket {
    /** Content that leaves after the message that is being taken apart; null while none is. */
    #behind: Content[] | null = null

    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
      const kind = data instanceof Uint8Array ? contentKind(data) : null
      if (kind === null) super.send(data as Uint8Array<ArrayBuffer>)
      else if (maySend()) this.#takeContent({ kind, message: data as Uint8Array, upTo: made() })
    }
    #takeContent(content: Content): void {
      if (this.#behind !== null) this.#behind.push(content)
      else if (content.message.length <= LARGEST) this.#sendContent(content)
      else void this.#sendInParts(content)
    }
    #sendContent({ kind, message, upTo }: Content): void {
      if (!maySend()) return
      if (this.readyState === WebSocket.OPEN) onContent(kind, upTo)
      super.send(message as Uint8Array<ArrayBuffer>)
    }
    async #sendInParts(first: Content): Promise<void> {
      const waiting = [first]
      this.#behind = waiting
      for (let content = waiting.shift(); content !== undefined; content = waiting.shift()) {
        // Where the parts cannot be made, the server says what it thinks of the whole.
        const parts = content.message.length <= LARGEST ? [content] : await inParts(content).catch(() => [content])
        for (const part of parts) this.#sendContent(part)
      }
      this.#behind = null
    }
  }

type Content = { readonly kind: ContentKind; readonly message: Uint8Array; readonly upTo: number }

/** Only the last part vouches for anything, and is what the whole was; those before it are updates like others. */
const inParts = async (content: Content): Promise<Content[]> => {
  // Fetched when it is needed, which is hardly ever.
  const { partsOf } = await import('./update-parts.ts')
  const decoder = decoding.createDecoder(content.message)
  decoding.readVarUint(decoder)
  decoding.readVarUint(decoder)
  const parts = partsOf(decoding.readVarUint8Array(decoder), LARGEST)
  return parts.map((part, nth) =>
    nth === parts.length - 1
      ? { ...content, message: messageOf(content.kind, part) }
      : { kind: 'update', message: messageOf('update', part), upTo: 0 },
  )
}

const STEPS = { step2: 1, update: 2 } as const

const messageOf = (kind: ContentKind, update: Uint8Array): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, MessageType.sync)
    encoding.writeVarUint(encoder, STEPS[kind])
    encoding.writeVarUint8Array(encoder, update)
  })

export const contentKind = (message: Uint8Array): ContentKind | null => {
  if (message.length < 2) return null
  const decoder = decoding.createDecoder(message)
  if (decoding.readVarUint(decoder) !== MessageType.sync) return null
  const step = decoding.readVarUint(decoder)
  return step === STEPS.step2 ? 'step2' : step === STEPS.update ? 'update' : null
}
