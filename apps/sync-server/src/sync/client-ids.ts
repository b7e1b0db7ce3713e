import type { Person } from '@stet/schema/contract/people'
import { may } from '@stet/schema/contract/people'

/**
 * Which connection of a room writes under which client id. Yjs takes an id to be one writer's: a struct that somebody else makes
 * up under it stands where its owner's next letters would, and these are lost without a sound.
 *
 * - A connection **claims** the id under which it shows itself (presence), and one only. Nobody else's claim takes it away; the
 *   same person's does: that is a reconnection whose old socket has not died yet. As long as the room stays open the id stays
 *   that person's, so nobody can slip in while a connection is being made again.
 * - Under a claimed id others may only bring what its owner has said to hold (the state vector of step 1, and what the owner
 *   sent since). Honest replicas hand over structs of others that the server has lost, or never had; but none can hold more of
 *   an owner's than the owner has.
 * - Under ids that nobody here claims anyone may bring structs: the work of a page that was closed, of somebody who is away,
 *   of the same person's other tabs. The log notes who brought it.
 */
export type ClientIds<Member> = {
  /** Whether `member` speaks for that id from now on, or did already. */
  readonly claim: (member: Member, person: Person, client: number) => boolean
  readonly ofMember: (member: Member) => number | null
  /** The owner says how many clocks of its own id it holds. */
  readonly reached: (member: Member, clock: number) => void
  /** Whether a struct under `client` that ends at clock `end` may come from this member. */
  readonly mayBring: (member: Member, person: Person, client: number, end: number) => boolean
  readonly leave: (member: Member) => void
}

type Claim<Member> = { readonly member: Member; readonly person: Person; readonly client: number; reached: number }

/** Ids that nobody uses any more are kept in mind up to so many. */
const REMEMBERED = 4_096

export const createClientIds = <Member>(): ClientIds<Member> => new RoomClientIds<Member>()

/** A class, and lazy, since there is one for every open dispatch, and in most nobody writes. */
class RoomClientIds<Member> implements ClientIds<Member> {
  #claims: Map<number, Claim<Member>> | null = null
  #claimByMember: Map<Member, Claim<Member>> | null = null
  /** Oldest first. */
  #personByClient: Map<number, string> | null = null

  claim(member: Member, person: Person, client: number): boolean {
    this.#claims ??= new Map()
    this.#claimByMember ??= new Map()
    const [claims, claimByMember] = [this.#claims, this.#claimByMember]
    const own = claimByMember.get(member)
    if (own !== undefined) return own.client === client
    const owner = this.#personByClient?.get(client)
    if (owner !== undefined && owner !== person.id) return false
    const before = claims.get(client)
    if (before !== undefined) claimByMember.delete(before.member)
    const claim = { member, person, client, reached: before?.reached ?? Number.POSITIVE_INFINITY }
    claims.set(client, claim)
    claimByMember.set(member, claim)
    this.#remember(client, person.id)
    return true
  }
  ofMember(member: Member): number | null {
    return this.#claimByMember?.get(member)?.client ?? null
  }
  reached(member: Member, clock: number): void {
    const claim = this.#claimByMember?.get(member)
    if (claim === undefined) return
    claim.reached = claim.reached === Number.POSITIVE_INFINITY ? clock : Math.max(claim.reached, clock)
  }
  mayBring(member: Member, person: Person, client: number, end: number): boolean {
    const claim = this.#claims?.get(client)
    if (claim === undefined || claim.member === member || claim.person.id === person.id) return true
    return end <= claim.reached || !may(claim.person, 'write')
  }
  leave(member: Member): void {
    const claim = this.#claimByMember?.get(member)
    this.#claimByMember?.delete(member)
    if (claim !== undefined && this.#claims?.get(claim.client) === claim) this.#claims.delete(claim.client)
  }
  #remember(client: number, person: string): void {
    this.#personByClient ??= new Map()
    const personByClient = this.#personByClient
    personByClient.delete(client)
    personByClient.set(client, person)
    for (const old of personByClient.keys()) {
      if (personByClient.size <= REMEMBERED) break
      if (!this.#claims?.has(old)) personByClient.delete(old)
    }
  }
}
