import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react'

/** Whether what one came for has been painted. What can wait (`later.tsx`) waits for it, so that it comes sooner. */
const StandingContext = createContext({ stands: true, tell: () => {} })

/** A page that waits for the server this long has what can wait fetched meanwhile. */
const AT_LATEST_MS = 5_000
/** A page in the background paints nothing and does not wait for it. */
const BACKGROUND_MS = 200

export const Standing = ({ children }: { children: ReactNode }) => {
  const [stands, setStands] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setStands(true), AT_LATEST_MS)
    return () => clearTimeout(timer)
  }, [])
  const value = useMemo(() => ({ stands, tell: () => void painted().then(() => setStands(true)) }), [stands])
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

/** Whether what is there once the condition holds has been painted: for what takes long and is not what one came for. */
export const usePainted = (condition: boolean): boolean => {
  const [isPainted, setPainted] = useState(false)
  useEffect(() => {
    let isHere = true
    if (condition) void painted().then(() => isHere && setPainted(true))
    return () => {
      isHere = false
    }
  }, [condition])
  return isPainted
}

const painted = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve, 0))
    setTimeout(resolve, BACKGROUND_MS)
  })
