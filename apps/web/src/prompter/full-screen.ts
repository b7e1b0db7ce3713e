/** The whole screen where the browser gives it; elsewhere the prompter fills the window as it does anyway. */
export const enterFullScreen = (): void => void document.documentElement.requestFullscreen?.().catch(() => undefined)

export const leaveFullScreen = (): void => {
  if (isFullScreen()) void document.exitFullscreen().catch(() => undefined)
}

export const isFullScreen = (): boolean => Boolean(document.fullscreenElement)
