import { registerSW } from 'virtual:pwa-register'
import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components'

/** A newer desk waits until someone asks for it: nobody who is typing is reloaded. */
export const Update = () => {
  const [apply, setApply] = useState<(() => void) | null>(null)

  useEffect(() => {
    const update = registerSW({ onNeedRefresh: () => setApply(() => () => void update(true)) })
  }, [])

  if (apply === null) return null
  return (
    <aside className="update" aria-label="Update">
      <p role="status">A newer desk is ready.</p>
      <Button className="button" onPress={apply}>
        Reload
      </Button>
      <Button className="button quiet" onPress={() => setApply(null)}>
        Later
      </Button>
    </aside>
  )
}
