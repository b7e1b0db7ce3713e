import { type ComponentType, lazy, Suspense } from 'react'
import { useStanding } from './standing.tsx'

/**
 * A part of a page that is fetched only when it is first wanted, and after what one came for has been painted. The service
 * worker keeps every part, so without a network they are all there.
 */
export const later = <Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Meanwhile: ComponentType<Props> = Nothing,
): ComponentType<Props> => {
  const Part = lazy(async (): Promise<{ default: ComponentType<Props> }> => {
    await painted()
    return { default: await load().catch(() => NotFetched) }
  }) as unknown as ComponentType<Props>
  return (props) => {
    const meanwhile = <Meanwhile {...props} />
    if (!useStanding()) return meanwhile
    return (
      <Suspense fallback={meanwhile}>
        <Part {...props} />
      </Suspense>
    )
  }
}

const Nothing = () => null

const NotFetched = () => (
  <p className="notice bad" role="alert">
    A part of the desk could not be fetched. Reload the page when you are connected; what you write is kept.
  </p>
)

/** A page in the background paints nothing and does not wait for it. */
const BACKGROUND_MS = 200

const painted = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve, 0))
    setTimeout(resolve, BACKGROUND_MS)
  })
