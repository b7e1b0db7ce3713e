import type { Counts } from '@stet/editor/counts'

export const countsText = ({ whole, selected }: { whole: Counts; selected: Counts | null }, hasTurns: boolean): string => {
  if (selected === null || selected.words === 0) return hasTurns ? `${words(whole)} · ${turns(whole)}` : words(whole)
  const part = `${selected.words.toLocaleString('en')} of ${words(whole)}`
  return hasTurns ? `${part} · ${selected.turns.toLocaleString('en')} of ${turns(whole)}` : part
}

const words = ({ words: count }: Counts): string => (count === 1 ? '1 word' : `${count.toLocaleString('en')} words`)

const turns = ({ turns: count }: Counts): string => (count === 1 ? '1 turn' : `${count.toLocaleString('en')} turns`)
