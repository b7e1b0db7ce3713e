import { useEffect } from 'react'
import { useServices } from '../react/services-context.ts'
import { useFeed } from '../react/use-feed.ts'
import { useOnline } from '../react/use-online.ts'

/**
 * While the list is open: what waits on this device goes up, and the list is asked for anew when the network or whoever
 * looks at it returns.
 */
export const useSendUnsent = (): void => {
  const services = useServices()
  const session = useFeed(services.sessions.session)
  const isOnline = useOnline()
  const person = session.state === 'somebody' && session.signedIn ? session.person : null

  useEffect(() => {
    const { library, sessions } = services
    if (!isOnline || person === null) return void library.refresh()
    const send = async () => {
      await library.refresh()
      if (!library.shelf.get().some(({ notSent }) => notSent) || library.reached.get() !== true) return
      const [{ sendUnsent }, { openReplica }] = await Promise.all([
        import('../replica/send-unsent.ts'),
        import('../replica/replica.ts'),
      ])
      await sendUnsent({
        ...services,
        open: (id) =>
          openReplica({ ...services, id, person, signedIn: sessions.signedIn, onLost: () => void sessions.refresh() }),
      })
    }
    void send()
    const timer = setInterval(() => void send(), 30_000)
    const seen = () => void (document.visibilityState === 'visible' && send())
    document.addEventListener('visibilitychange', seen)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', seen)
    }
  }, [services, isOnline, person])
}
