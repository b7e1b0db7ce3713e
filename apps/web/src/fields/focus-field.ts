/** Brings someone to a place on the desk: a field by its name, once it is on the page. */
export const focusField = (place: string): void => {
  requestAnimationFrame(() => {
    const field = document.querySelector<HTMLElement>(`[data-place="${CSS.escape(place)}"]`)
    field?.scrollIntoView({ block: 'center' })
    field?.focus({ preventScroll: true })
  })
}
