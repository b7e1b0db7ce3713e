import type { HumanRole, Person } from '@stet/schema/contract/people'

export type KnownPerson = Person & { readonly role: HumanRole; readonly since: number }

export type PersonOutcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: 'absent' | 'last owner' }

/** Those who may come to the desk. */
export type People = {
  /** In the order in which they came. */
  readonly list: () => Promise<readonly KnownPerson[]>
  readonly changeRole: (id: string, role: HumanRole) => Promise<PersonOutcome<KnownPerson>>
  readonly change: (id: string, change: { readonly name?: string; readonly color?: number }) => Promise<KnownPerson | null>
  /** Ends all their sessions. The name stays, for what they have written. */
  readonly remove: (id: string) => Promise<PersonOutcome<null>>
}
