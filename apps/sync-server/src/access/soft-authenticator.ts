import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** For tests: what a passkey of a person would answer, signed with a key of its own. */
export const createSoftAuthenticator = (origin: string) => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const id = randomBytes(32)
  const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest()
  const UP_AND_UV = 0x05
  const ATTESTED = 0x40
  const authData = (flags: number, counter: number, rest = Buffer.alloc(0)) => {
    const head = Buffer.alloc(5)
    head.writeUInt8(flags)
    head.writeUInt32BE(counter, 1)
    return Buffer.concat([sha256(new URL(origin).hostname), head, rest])
  }
  const clientData = (type: string, challenge: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
  let counter = 0

  return {
    /** To `navigator.credentials.create`. */
    create: (challenge: string) => {
      const key = Buffer.concat([
        Buffer.from('a5010203262001215820', 'hex'),
        Buffer.from(x, 'base64url'),
        Buffer.from('225820', 'hex'),
        Buffer.from(y, 'base64url'),
      ])
      const data = authData(UP_AND_UV | ATTESTED, 0, Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, key]))
      const attestation = Buffer.concat([
        Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746158', 'hex'),
        Buffer.from([data.length]),
        data,
      ])
      const response = { clientDataJSON: text(clientData('webauthn.create', challenge)), attestationObject: text(attestation) }
      return { id: text(id), rawId: text(id), type: 'public-key', clientExtensionResults: {}, response }
    },
    /** To `navigator.credentials.get`. */
    get: (challenge: string, flags = UP_AND_UV) => {
      counter += 1
      const data = authData(flags, counter)
      const client = clientData('webauthn.get', challenge)
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey)
      const response = { clientDataJSON: text(client), authenticatorData: text(data), signature: text(signature) }
      return { id: text(id), rawId: text(id), type: 'public-key', clientExtensionResults: {}, response }
    },
  }
}
