import type { ApiClient, Outcome } from '@stet/schema/contract/client'
import type { AuditEntry } from '@stet/schema/contract/people-routes'

const SHOWN = 30

/** Newest first. */
export const newestAudit = async (api: ApiClient): Promise<Outcome<readonly AuditEntry[]>> => {
  // Nothing is newer than that: the answer says what the newest is.
  const end = await api('listAudit', { query: { after: Number.MAX_SAFE_INTEGER } })
  if (!end.ok) return end
  const asked = await api('listAudit', { query: { after: Math.max(0, end.value.newest - SHOWN) } })
  return asked.ok ? { ok: true, value: asked.value.entries.toReversed() } : asked
}

/** Oldest first, as the chain of hashes runs. */
export const allAudit = async (api: ApiClient): Promise<Outcome<readonly AuditEntry[]>> => {
  const page = (after: number) => api('listAudit', { query: { after } })
  const all: AuditEntry[] = []
  for (let after: number | null = 0; after !== null; ) {
    const asked = await page(after)
    if (!asked.ok) return asked
    all.push(...asked.value.entries)
    after = asked.value.next
  }
  return { ok: true, value: all }
}
