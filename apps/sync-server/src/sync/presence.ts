import type { Person } from '@stet/schema/contract/people'
import { z } from 'zod'
import { createByteReader, Refusal } from './byte-reader.ts'
import { type Frame, type PresenceEntry, presenceFrame } from './frames.ts'

/** Who is in a room, as each says of itself. Nothing of it is stored. */
export type Presence<Member> = {
  /** Takes an awareness message; `frame` is what the others should hear, null when nothing. */
  readonly receive: (
    member: Member,
    person: Person,
    update: Uint8Array,
  ) => { ok: true; frame: Frame | null } | { ok: false; reason: string }
  readonly leave: (member: Member) => Frame | null
  /** Everyone here, for a newcomer; null when nobody is. */
  readonly everyone: () => Frame | null
}

const MAX_STATE = 2_048
/** `person` is the server's word; other fields are the desk's own business and only have to be plain JSON. */
const State = z.record(z.string(), z.json())

type Claim<Member> = {
  readonly client: number
  readonly member: Member
  readonly person: Person
  clock: number
  state: string | null
}

/**
 * A client id belongs to the connection that first says something under it, and a connection has one id. Stock clients
 * repeat what they hear of others, so words in another's name are passed over and not punished. The same person may
 * take an id over: that is a reconnection whose old socket has not died yet.
 */
export const createPresence = <Member>(): Presence<Member> => {
  const claims = new Map<number, Claim<Member>>()
  const claimByMember = new Map<Member, Claim<Member>>()
  /** The clock that others have last heard for an id: they pass over what is not newer. */
  const heardClocks = new Map<number, number>()

  const tell = (claim: Claim<Member>, clock: number, state: string | null): PresenceEntry => {
    const heard = heardClocks.get(claim.client)
    claim.clock = heard === undefined ? clock : Math.max(clock, heard + 1)
    claim.state = state
    heardClocks.set(claim.client, claim.clock)
    return { client: claim.client, clock: claim.clock, state: state ?? 'null' }
  }
  const claimFor = (member: Member, person: Person, client: number): Claim<Member> | null => {
    const own = claimByMember.get(member)
    if (own !== undefined) return own.client === client ? own : null
    const other = claims.get(client)
    if (other !== undefined && other.person.id !== person.id) return null
    if (other !== undefined) claimByMember.delete(other.member)
    const claim: Claim<Member> = { client, member, person, clock: 0, state: null }
    claims.set(client, claim)
    claimByMember.set(member, claim)
    return claim
  }

  return {
    receive: (member, person, update) => {
      const parsed = parseUpdate(update)
      if (!parsed.ok) return parsed
      const told: PresenceEntry[] = []
      for (const { client, clock, state: bytes } of parsed.entries) {
        const isNull = bytes.length === 4 && Buffer.compare(bytes, NULL) === 0
        if (isNull && claimByMember.get(member)?.client !== client) continue
        const claim = claimFor(member, person, client)
        if (claim === null) continue
        if (isNull) {
          told.push(tell(claim, clock, null))
          continue
        }
        const state = rebuild(bytes, person)
        if (state === null) return { ok: false, reason: `presence must be a JSON object of at most ${MAX_STATE} bytes` }
        told.push(tell(claim, clock, state))
      }
      return { ok: true, frame: told.length === 0 ? null : presenceFrame(told) }
    },
    leave: (member) => {
      const claim = claimByMember.get(member)
      claimByMember.delete(member)
      if (claim === undefined || claims.get(claim.client) !== claim) return null
      claims.delete(claim.client)
      return claim.state === null ? null : presenceFrame([tell(claim, claim.clock, null)])
    },
    everyone: () => {
      const entries = [...claims.values()].flatMap(({ client, clock, state }) =>
        state === null ? [] : [{ client, clock, state }],
      )
      return entries.length === 0 ? null : presenceFrame(entries)
    },
  }
}

const NULL = Buffer.from('null')

type ParsedEntry = { readonly client: number; readonly clock: number; readonly state: Uint8Array }

const parseUpdate = (update: Uint8Array): { ok: true; entries: ParsedEntry[] } | { ok: false; reason: string } => {
  try {
    const reader = createByteReader(update)
    const entries: ParsedEntry[] = []
    for (let left = reader.count(3); left > 0; left--) {
      const client = reader.varUint()
      const clock = reader.varUint()
      const from = reader.skipChunk()
      entries.push({ client, clock, state: update.subarray(from, reader.position()) })
    }
    return { ok: true, entries }
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, reason: `presence cannot be read: ${error.message}` }
    throw error
  }
}

/** Parsed and printed anew, so that nothing but plain JSON reaches the others, and nobody is called what they are not. */
const rebuild = (bytes: Uint8Array, { id, name, color }: Person): string | null => {
  if (bytes.length > MAX_STATE) return null
  try {
    const state = State.safeParse(JSON.parse(Buffer.from(bytes).toString()))
    if (!state.success) return null
    return JSON.stringify('person' in state.data ? { ...state.data, person: { id, name, color } } : state.data)
  } catch {
    return null
  }
}
