import { useEffect } from 'react'

/** Light on dark, or dark on light, for all that stands on the page while the prompter does. */
export const useColours = (isDarkOnLight: boolean) => {
  useEffect(() => {
    const { dataset } = document.documentElement
    dataset['colours'] = isDarkOnLight ? 'light' : 'dark'
    return () => {
      delete dataset['colours']
    }
  }, [isDarkOnLight])
}
