import { newLocalId } from '@stet/schema/ids'
import { type Content, emptyContent } from '@stet/schema/snapshot'

/** What a new dispatch is born with: whoever makes it is its first speaker, with a turn to type in. */
export const newDispatchContent = (person: { name: string; color: number }, language: string): Content => {
  const speaker = newLocalId()
  return {
    ...emptyContent('dispatch', language),
    speakers: [{ id: speaker, name: person.name, color: person.color }],
    body: [{ kind: 'turn', id: newLocalId(), speaker, start: null, content: [] }],
  }
}

export const newEssayContent = (language: string): Content => ({
  ...emptyContent('essay', language),
  body: [{ kind: 'paragraph', id: newLocalId(), content: [] }],
})
