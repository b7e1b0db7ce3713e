import type { Content, Inline } from '@stet/schema/snapshot'

/** A payload as it fits into one line of at most `max` UTF-16 units, as the desk makes it fit when it is pasted there. */
export const oneLine = (payload: string, max: number): string =>
  payload
    .replaceAll(/[\n\r]/g, ' ')
    .slice(0, max)
    .toWellFormed()

/**
 * A dispatch, or an essay, that says one payload wherever a person can write. Ids, kinds, dates and numbers are not written by
 * people: the schema lets nothing else through there.
 */
export const everyField = (kind: Content['kind'], payload: string, url: string): Content => {
  const line = (max: number) => oneLine(payload, max)
  const words: Inline = { type: 'text', text: payload }
  const said: Inline[] = [
    words,
    { type: 'cue', cue: line(40) },
    { type: 'text', text: payload, marks: { strong: true, em: true, link: url, cites: ['s1'] } },
    { type: 'text', text: payload, marks: { code: true } },
  ]
  return {
    kind,
    number: null,
    date: '2026-01-31',
    language: 'en',
    title: line(500),
    byline: kind === 'essay' ? { role: line(120), handle: line(120) } : null,
    quote: { text: payload, name: line(120), role: line(200) },
    summary: payload,
    topics: [line(300)],
    speakers: [
      { id: 'p1', name: line(80), color: 1 },
      { id: 'p2', name: 'Pell', color: 2 },
    ],
    sources: [
      {
        id: 's1',
        title: line(500),
        kind: line(40).replaceAll(/\s/g, ''),
        tier: 'primary',
        publisher: line(300),
        description: line(1_000),
        claim: line(2_000),
        url: oneLine(url, 2_000),
        urlIncomplete: false,
        citedText: payload,
        context: payload,
        keyPoints: [line(2_000)],
      },
    ],
    body:
      kind === 'dispatch'
        ? [
            { kind: 'chapter', id: 'c1', start: 0, content: [words] },
            { kind: 'turn', id: 't1', speaker: 'p1', start: 0, content: said },
            { kind: 'turn', id: 't2', speaker: 'p2', start: 9, content: [{ type: 'text', text: 'A sober answer.' }] },
          ]
        : [
            { kind: 'heading', id: 'h1', level: 2, content: [words] },
            { kind: 'paragraph', id: 'g1', content: said },
            { kind: 'bullet', id: 'l1', content: said },
            { kind: 'quote', id: 'q1', content: said },
          ],
  }
}
