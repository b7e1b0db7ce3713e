import { type ComponentType, lazy, Suspense, useEffect, useState } from 'react'
import { useStanding } from './standing.tsx'

/**
 * A part of a page that what one came for does not need: it is fetched after that has been painted, when it is first shown or
 * when `useAhead` asks for it. The service worker keeps every part, so without a network they are all there.
 */
export const later = <Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Meanwhile: ComponentType<Props> = Nothing,
): LaterPart<Props> => {
  /** Once it is here it shows at once, within the very same rendering. */
  let Here: ComponentType<Props> | null = null
  let fetching: Promise<ComponentType<Props>> | null = null
  const fetch = () => {
    fetching ??= load().then(
      (part) => {
        Here = part
        return part
      },
      () => NotFetched,
    )
    return fetching
  }
  const Part = lazy(async () => ({ default: await fetch() })) as unknown as ComponentType<Props>
  const Later = (props: Props) => {
    const stands = useStanding()
    // For as long as it shows: another element in its place would begin anew and forget what is under way in it.
    const [Ready] = useState(() => Here)
    if (Ready !== null) return <Ready {...props} />
    const meanwhile = <Meanwhile {...props} />
    return stands ? (
      <Suspense fallback={meanwhile}>
        <Part {...props} />
      </Suspense>
    ) : (
      meanwhile
    )
  }
  return Object.assign(Later, { fetch })
}

export type LaterPart<Props> = ComponentType<Props> & { readonly fetch: () => Promise<unknown> }

/** Has a part fetched before it is wanted, for one that must answer a key at once. */
export const useAhead = (part: { readonly fetch: () => Promise<unknown> }): void => {
  const stands = useStanding()
  useEffect(() => {
    if (stands) void part.fetch()
  }, [stands, part])
}

const Nothing = () => null

const NotFetched = () => (
  <p className="notice bad" role="alert">
    A part of the desk could not be fetched. Reload the page when you are connected; what you write is kept.
  </p>
)
