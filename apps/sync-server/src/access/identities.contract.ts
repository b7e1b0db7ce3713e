import { afterEach, expect, test } from 'vitest'
import type { createManualClock } from '../manual-clock.ts'
import type { Access } from './access.ts'
import type { ProviderIdentity } from './identities.ts'

type Opened = {
  readonly access: Access
  readonly clock: ReturnType<typeof createManualClock>
  readonly close: () => Promise<void>
}

const MINUTE = 60_000
const at = (issuer: string, subject: string): ProviderIdentity => ({ issuer: `https://${issuer}.example`, subject })

/** What every store of identities must do. `open` is asked for one that is fresh, with the people it is of. */
export const describeIdentities = (open: () => Promise<Opened>): void => {
  const opened: Opened[] = []
  const fresh = async () => {
    const it = await open()
    opened.push(it)
    const personOf = async (name: string) => {
      const { code } = await it.access.invitations.create({ role: 'editor', uses: 1, days: 7, madeBy: 'the test' })
      const accepted = await it.access.invitations.accept(code, name, 'a test')
      if (!accepted.ok) throw new Error(accepted.fault)
      return accepted.session.person.id
    }
    return { ...it, personOf, identities: it.access.identities }
  }
  afterEach(async () => {
    for (const { close } of opened.splice(0)) await close()
  })

  test('K31: an identity is joined to one person, by issuer and subject together', async () => {
    const { identities, personOf } = await fresh()
    const [ada, bo] = [await personOf('Ada'), await personOf('Bo')]
    expect(await identities.join(ada, at('one', 'same'))).toBe('joined')
    expect(await identities.join(ada, at('one', 'same'))).toBe('joined')
    expect(await identities.join(bo, at('one', 'same'))).toBe('taken')
    expect(await identities.join(bo, at('two', 'same'))).toBe('joined')
    expect(await identities.find(at('one', 'same'))).toBe(ada)
    expect(await identities.find(at('two', 'same'))).toBe(bo)
    expect(await identities.find(at('one', 'SAME'))).toBeNull()
  })

  test('K31: identities are listed with their times, and removed by whom they are joined to', async () => {
    const { identities, personOf, clock } = await fresh()
    const [ada, bo] = [await personOf('Ada'), await personOf('Bo')]
    const madeAt = clock.now()
    await identities.join(ada, at('one', 'ada'))
    clock.advance(MINUTE)
    await identities.noteUse(at('one', 'ada'))
    const [listed] = await identities.list(ada)
    expect(listed).toEqual({ id: expect.any(String), issuer: 'https://one.example', madeAt, usedAt: madeAt + MINUTE })
    expect(await identities.list(bo)).toEqual([])
    expect(await identities.remove(bo, listed?.id ?? '')).toBe(false)
    expect(await identities.remove(ada, listed?.id ?? '')).toBe(true)
    expect(await identities.remove(ada, listed?.id ?? '')).toBe(false)
    expect(await identities.find(at('one', 'ada'))).toBeNull()
  })

  test('K32: of who was removed no identity is known, and it may be joined to the person who comes anew', async () => {
    const { access, identities, personOf } = await fresh()
    const ada = await personOf('Ada')
    await identities.join(ada, at('one', 'ada'))
    await access.people.remove(ada)
    expect(await identities.find(at('one', 'ada'))).toBeNull()
    const again = await personOf('Ada')
    expect(await identities.join(again, at('one', 'ada'))).toBe('joined')
    expect(await identities.find(at('one', 'ada'))).toBe(again)
  })

  test('K33: a sign-in that was begun comes back once, within ten minutes, with the words it was begun with', async () => {
    const { identities, clock } = await fresh()
    await identities.begin('one')
    await identities.begin('two')
    expect(await identities.cameBack('three')).toBe(false)
    expect(await identities.cameBack('one')).toBe(true)
    expect(await identities.cameBack('one')).toBe(false)
    clock.advance(10 * MINUTE)
    expect(await identities.cameBack('two')).toBe(false)
  })
}
