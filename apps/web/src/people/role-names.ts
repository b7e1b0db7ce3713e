import type { HumanRole } from '@stet/schema/contract/people'

export const ROLE_CHOICES = [
  { id: 'viewer', name: 'Viewer: reads' },
  { id: 'editor', name: 'Editor: writes and approves' },
  { id: 'publisher', name: 'Publisher: publishes too' },
  { id: 'owner', name: 'Owner: manages people too' },
] as const satisfies readonly { id: HumanRole; name: string }[]
