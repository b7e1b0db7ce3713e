import type { Person } from '@stet/schema/contract/people'
import { z } from 'zod'
import { createByteReader, Refusal } from './byte-reader.ts'
import type { ClientIds } from './client-ids.ts'
import { type Frame, type PresenceEntry, presenceFrame } from './frames.ts'
import { PRESENCE } from './limits.ts'
import { checkJson } from './scan-content.ts'

/** Who is in a room, as each says of itself. Nothing of it is stored. */
export type Presence<Member> = {
  /** Takes an awareness message; `frame` is what the others should hear, null when nothing. `isGoodbye`: and at once. */
  readonly receive: (
    member: Member,
    person: Person,
    update: Uint8Array,
  ) => { ok: true; frame: Frame | null; isGoodbye: boolean } | { ok: false; reason: string }
  /** What a member says by now, for those who have not heard it yet. */
  readonly said: (member: Member) => Frame | null
  readonly leave: (member: Member) => Frame | null
  /** Everyone here, for a newcomer; null when nobody is. */
  readonly everyone: () => Frame | null
}

/** `person` is the server's word; other fields are the desk's own business and only have to be plain JSON. */
const State = z.record(z.string(), z.json())

/** Ids that have gone are kept in mind up to so many. */
const REMEMBERED = 4_096
const MAX_CLOCK = 2 ** 31

/**
 * A connection speaks for the one id that it claims with its first words (`client-ids.ts`). Stock clients repeat what they hear
 * of others, so words in another's name are passed over and not punished.
 */
export const createPresence = <Member>(ids: ClientIds<Member>): Presence<Member> => new RoomPresence(ids)

/** A class, and lazy, since there is one for every open dispatch. */
class RoomPresence<Member> implements Presence<Member> {
  readonly #ids: ClientIds<Member>
  #shown: Map<number, { readonly member: Member; readonly entry: PresenceEntry }> | null = null
  /** The clock that others have last heard for an id, oldest first: they pass over what is not newer. */
  #heardClocks: Map<number, number> | null = null

  constructor(ids: ClientIds<Member>) {
    this.#ids = ids
  }
  receive(member: Member, person: Person, update: Uint8Array): ReturnType<Presence<Member>['receive']> {
    const parsed = parseUpdate(update)
    if (!parsed.ok) return parsed
    const told: PresenceEntry[] = []
    for (const { client, clock, state: bytes } of parsed.entries) {
      const isNull = bytes.length === 4 && Buffer.compare(bytes, NULL) === 0
      if (isNull && this.#ids.ofMember(member) !== client) continue
      if (!this.#ids.claim(member, person, client)) continue
      const state = isNull ? null : rebuild(bytes, person)
      if (!isNull && state === null)
        return { ok: false, reason: `presence must be a plain JSON object of at most ${PRESENCE.bytes} bytes` }
      told.push(this.#tell(member, client, clock, state))
    }
    return {
      ok: true,
      frame: told.length === 0 ? null : presenceFrame(told),
      isGoodbye: told.some(({ state }) => state === 'null'),
    }
  }
  said(member: Member): Frame | null {
    const entry = this.#shownBy(member)
    return entry === null ? null : presenceFrame([entry])
  }
  leave(member: Member): Frame | null {
    const entry = this.#shownBy(member)
    return entry === null ? null : presenceFrame([this.#tell(member, entry.client, entry.clock, null)])
  }
  everyone(): Frame | null {
    if (this.#shown === null || this.#shown.size === 0) return null
    return presenceFrame([...this.#shown.values()].map(({ entry }) => entry))
  }
  #tell(member: Member, client: number, clock: number, state: string | null): PresenceEntry {
    this.#shown ??= new Map()
    this.#heardClocks ??= new Map()
    const [shown, heardClocks] = [this.#shown, this.#heardClocks]
    const heard = heardClocks.get(client)
    const entry = { client, clock: heard === undefined ? clock : Math.max(clock, heard + 1), state: state ?? 'null' }
    heardClocks.delete(client)
    heardClocks.set(client, entry.clock)
    if (state === null) shown.delete(client)
    else shown.set(client, { member, entry })
    for (const old of heardClocks.keys()) {
      if (heardClocks.size <= REMEMBERED) break
      if (!shown.has(old)) heardClocks.delete(old)
    }
    return entry
  }
  #shownBy(member: Member): PresenceEntry | null {
    const client = this.#ids.ofMember(member)
    const own = client === null ? undefined : this.#shown?.get(client)
    return own?.member === member ? own.entry : null
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
      if (clock > MAX_CLOCK) throw new Refusal('clock', 'a clock is past 2^31')
      const from = reader.skipChunk()
      entries.push({ client, clock, state: update.subarray(from, reader.position()) })
    }
    if (reader.left() > 0) throw new Refusal('trailing', `${reader.left()} bytes follow its end`)
    return { ok: true, entries }
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, reason: `presence cannot be read: ${error.message}` }
    throw error
  }
}

/** Parsed and printed anew, so that nothing but plain JSON reaches the others, and nobody is called what they are not. */
const rebuild = (bytes: Uint8Array, { id, name, color }: Person): string | null => {
  if (bytes.length > PRESENCE.bytes) return null
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString())
    checkJson(value, 0)
    const state = State.safeParse(value)
    if (!state.success) return null
    return JSON.stringify('person' in state.data ? { ...state.data, person: { id, name, color } } : state.data)
  } catch {
    return null
  }
}
