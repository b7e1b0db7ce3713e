import { emptyContent, type Inline, type Snapshot, type Source } from '@stet/schema/snapshot'

const SPOKEN_CHARACTERS = 3600 * 17
const SYLLABLES = 'a en ti lo ra mur si tel ob ver ka no strin de pal hu gre min tor es whi lam be quo fal ish'.split(' ')

/** The same numbers each time (mulberry32). */
const numbersFrom = (seed: number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * An hour of talk between two, with 30 sources that are cited 90 times. Its words are made up and no line comes twice, so
 * that it compresses no better than what people say.
 */
export const hourOfTalk = (): Snapshot => {
  const next = numbersFrom(8)
  const pick = (count: number) => Math.floor(next() * count)
  const vocabulary = Array.from({ length: 4_000 }, () =>
    Array.from({ length: 1 + pick(3) }, () => SYLLABLES[pick(SYLLABLES.length)]).join(''),
  )
  // Few words make most of what is said.
  const word = () => vocabulary[Math.floor(4_000 * next() ** 2)] ?? ''
  const words = (count: number) => Array.from({ length: count }, word).join(' ')

  const sources = Array.from(
    { length: 30 },
    (_, index): Source => ({
      id: `s${index}`,
      title: words(7),
      kind: 'Article',
      tier: index % 2 === 0 ? 'primary' : 'supporting',
      publisher: words(2),
      description: words(8),
      claim: words(14),
      url: `https://${words(1)}.example/${words(4).replaceAll(' ', '-')}`,
      urlIncomplete: false,
      citedText: words(40),
      context: words(25),
      keyPoints: [words(10), words(12), words(9)],
    }),
  )
  const body: Snapshot['body'] = []
  for (let spoken = 0, turns = 0; spoken < SPOKEN_CHARACTERS; turns++) {
    if (turns % 40 === 0)
      body.push({ kind: 'chapter', id: `c${turns}`, start: null, content: [{ type: 'text', text: words(4) }] })
    const cited: Inline[] =
      turns % 4 === 0 ? [{ type: 'text', text: words(9), marks: { cites: [`s${pick(sources.length)}`] } }] : []
    const content: Inline[] = [{ type: 'text', text: `${words(10 + pick(30))} ` }, ...cited]
    spoken += content.reduce((sum, inline) => sum + (inline.type === 'text' ? inline.text.length : 0), 0)
    const id = `${turns}${words(3).replaceAll(' ', '')}`.slice(0, 14)
    body.push({ kind: 'turn', id, speaker: turns % 2 === 0 ? 'p1' : 'p2', start: null, content })
  }
  return {
    ...emptyContent('dispatch'),
    layout: 1,
    id: 'AnHourOfTalkDispatch01' as Snapshot['id'],
    number: 60,
    date: '2026-05-01',
    title: words(6),
    summary: words(40),
    topics: [words(3), words(3)],
    speakers: [
      { id: 'p1', name: 'ines', color: 1 },
      { id: 'p2', name: 'tom', color: 2 },
    ],
    sources,
    body,
  }
}
