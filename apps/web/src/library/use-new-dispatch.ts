import type { Content } from '@stet/schema/snapshot'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { useServices } from '../react/services-context.ts'

/** Makes a dispatch on this device and opens it. What goes wrong is a sentence to show. */
export const useNewDispatch = () => {
  const services = useServices()
  const [, navigate] = useLocation()
  const [fault, setFault] = useState<string | null>(null)

  const make = async (content: Content) => {
    // Yjs and the layout come only when they are needed: the list itself stands without them.
    const { makeDispatch } = await import('../replica/make-dispatch.ts')
    const made = await makeDispatch({ ...services, content, now: new Date().toISOString() })
    if (made.ok) navigate(`/dispatches/${made.value}`)
    else if (made.fault === 'full') setFault('This device has no room left. Free some, then try again.')
    else setFault('This browser does not let the desk keep anything (a private window?), so nothing was made.')
  }
  return { make, fault, setFault }
}
