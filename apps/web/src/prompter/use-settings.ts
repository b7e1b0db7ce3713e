import { useCallback, useState } from 'react'
import { keepSettings, type PrompterSettings, readSettings } from './prompter-settings.ts'

/** The settings of this device, and how to change some of them. */
export const useSettings = (): [PrompterSettings, (change: Partial<PrompterSettings>) => void] => {
  const [settings, setSettings] = useState(() => readSettings(localStorage))
  const choose = useCallback((change: Partial<PrompterSettings>) => {
    setSettings((now) => {
      const next = { ...now, ...change }
      keepSettings(localStorage, next)
      return next
    })
  }, [])
  return [settings, choose]
}
