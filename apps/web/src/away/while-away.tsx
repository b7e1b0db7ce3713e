import { useCommands } from '../commands/commands-context.ts'
import { later } from '../react/later.tsx'
import { NEXT_CHANGE_KEYS } from './away-keys.ts'
import type { Away, AwayActs } from './use-away.ts'

const AwayBar = later(async () => (await import('./away-bar.tsx')).AwayBar)

type Props = { readonly away: Away | null; readonly acts: AwayActs; readonly onShow: () => void }

export const WhileAway = ({ away, acts, onShow }: Props) => {
  useCommands(() =>
    away === null
      ? []
      : [
          {
            id: 'next change',
            label: 'Next change while you were away',
            group: 'Go to',
            keys: [NEXT_CHANGE_KEYS],
            heard: 'anywhere',
            words: 'new since missed',
            run: acts.next,
          },
          {
            id: 'show changes',
            label: 'What changed while you were away',
            group: 'Go to',
            keys: [],
            heard: 'anywhere',
            words: 'new since missed history',
            run: onShow,
          },
        ],
  )
  return away === null ? null : <AwayBar away={away} acts={acts} onShow={onShow} />
}
