import type { Dispatch } from '@stet/schema/layout/open-dispatch'
import { useCallback, useEffect, useState } from 'react'
import { openPrompter, type Prompter, reachLine, scriptChanged, takeNow } from './prompter.ts'
import { linesOf } from './script-lines.ts'

/** The prompter of an open dispatch. What others write comes with the next frame. */
export const usePrompter = ({ body }: Dispatch) => {
  const [prompter, setPrompter] = useState<Prompter>(() => openPrompter(linesOf(body.read())))

  useEffect(() => {
    let frame = 0
    const read = () => {
      frame = 0
      setPrompter((now) => scriptChanged(now, linesOf(body.read())))
    }
    const changed = () => {
      if (frame === 0) frame = requestAnimationFrame(read)
    }
    changed()
    const stop = body.onChange(changed)
    return () => {
      stop()
      cancelAnimationFrame(frame)
    }
  }, [body])

  return {
    prompter,
    reach: useCallback((line: string) => setPrompter((now) => reachLine(now, line)), []),
    take: useCallback(() => setPrompter(takeNow), []),
  }
}
