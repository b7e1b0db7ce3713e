import { Audio } from '@stet/schema/audio'
import type { Dispatch } from '@stet/schema/layout/open-dispatch'

/** The recording of a dispatch; null where there is none, or none that this program knows. */
export const audioOf = (meta: Dispatch['meta']): Audio | null => Audio.safeParse(meta.get('audio')).data ?? null
