import { newLocalId } from '@stet/schema/ids'
import type { Show } from '@stet/schema/show'
import { type Content, emptyContent } from '@stet/schema/snapshot'

/**
 * What a new dispatch is born with: those who speak in the show, or where it names nobody whoever makes it; and a turn to type
 * in, of whoever makes it if they are among them.
 */
export const newDispatchContent = (person: { name: string; color: number }, show: Show): Content => {
  const named = show.speakers.length > 0 ? show.speakers : [person]
  const speakers = named.map(({ name, color }) => ({ id: newLocalId(), name, color }))
  const first = speakers.find(({ name }) => name.toLowerCase() === person.name.toLowerCase()) ?? speakers[0]
  return {
    ...emptyContent('dispatch', show.language),
    ...(show.targetSeconds === null ? {} : { targetSeconds: show.targetSeconds }),
    speakers,
    body: [{ kind: 'turn', id: newLocalId(), speaker: first?.id ?? null, start: null, content: [] }],
  }
}

export const newEssayContent = (show: Show): Content => ({
  ...emptyContent('essay', show.language),
  body: [{ kind: 'paragraph', id: newLocalId(), content: [] }],
})
