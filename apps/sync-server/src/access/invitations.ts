import type { HumanRole } from '@stet/schema/contract/people'
import type { NewSession } from './sessions.ts'

export type Invitation = { readonly role: HumanRole; readonly uses: number; readonly days: number; readonly madeBy: string }

export type KnownInvitation = {
  readonly id: string
  readonly role: HumanRole
  /** How many may come by it, and how many have. */
  readonly uses: number
  readonly used: number
  readonly madeBy: string
  readonly madeAt: number
  readonly expiresAt: number
}

export type AcceptOutcome =
  | { readonly ok: true; readonly session: NewSession }
  | { readonly ok: false; readonly fault: 'unknown' | 'used' | 'expired' | 'taken' }

/** Links by which new people come. */
export type Invitations = {
  /** `code` is the secret that the link holds: it is not kept, only its hash. */
  readonly create: (invitation: Invitation) => Promise<{ readonly code: string; readonly made: KnownInvitation }>
  /** Those that still let somebody in, newest first. */
  readonly list: () => Promise<readonly KnownInvitation[]>
  /** Makes a person of that name, signed in, who signs in by a password from then on if one is given. `taken`: somebody else does. */
  readonly accept: (code: string, name: string, agent: string, passwordHash?: string) => Promise<AcceptOutcome>
  /** Whether there was such an invitation. */
  readonly withdraw: (id: string) => Promise<boolean>
}
