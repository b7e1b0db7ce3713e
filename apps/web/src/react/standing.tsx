import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react'

/** Whether what one came for is on the screen. What can wait (`later.tsx`) waits for it, so that it comes sooner. */
const StandingContext = createContext({ stands: true, tell: () => {} })

/** A page that waits for the server this long has what can wait fetched meanwhile. */
const AT_LATEST_MS = 5_000

export const Standing = ({ children }: { children: ReactNode }) => {
  const [stands, setStands] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setStands(true), AT_LATEST_MS)
    return () => clearTimeout(timer)
  }, [])
  const value = useMemo(() => ({ stands, tell: () => setStands(true) }), [stands])
  return <StandingContext value={value}>{children}</StandingContext>
}

export const useStanding = (): boolean => use(StandingContext).stands

/** To be called by what one comes for: it stands once the condition holds. */
export const useStands = (condition = true): void => {
  const { tell } = use(StandingContext)
  useEffect(() => {
    if (condition) tell()
  }, [condition, tell])
}
