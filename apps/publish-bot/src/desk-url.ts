import type { DispatchId } from '@stet/schema/ids'

export const deskUrl = (origin: string, id: DispatchId): string => `${origin}/desk/${id}`
