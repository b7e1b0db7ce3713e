import type { Person } from '@stet/schema/contract/people'
import { DispatchId } from '@stet/schema/ids'
import { useEffect, useState } from 'react'
import { useServices } from '../react/services-context.ts'
import { openReplica, type Replica } from '../replica/replica.ts'

/** The replica of a dispatch for as long as its page is open; null while it is read from this device. */
export const useReplica = (id: string, person: Person): Replica | null => {
  const services = useServices()
  const [replica, setReplica] = useState<Replica | null>(null)

  useEffect(() => {
    const { sessions } = services
    const opening = openReplica({
      ...services,
      id: DispatchId.parse(id),
      person,
      signedIn: sessions.signedIn,
      onLost: () => void sessions.refresh(),
    })
    let isOpen = true
    void opening.then((opened) => {
      if (isOpen) setReplica(opened)
    })
    return () => {
      isOpen = false
      setReplica(null)
      void opening.then((opened) => opened.close())
    }
  }, [services, id, person])

  return replica
}
