import { AUDIO_ENDINGS, audioAddress } from '@stet/schema/audio'
import type { Snapshot } from '@stet/schema/snapshot'
import type { Element } from 'hast'
import { h } from 'hastscript'
import { PODCAST_PATH } from './feed-paths.ts'
import { playerScript } from './player-script.ts'

/** The recording above the transcript. Without a script it is the browser's own player, and that is enough. */
export const playerElements = ({ audio }: Snapshot): Element[] => {
  if (audio === undefined) return []
  const address = audioAddress(audio)
  return [
    h('section', { className: ['player'], ariaLabel: 'Recording' }, [
      h('audio', { controls: true, preload: 'metadata', src: address }),
      h('p', [
        h('a', { href: address, download: '' }, `Download ${AUDIO_ENDINGS[audio.type].toUpperCase()}`),
        ' ',
        h('a', { href: PODCAST_PATH }, 'Podcast feed'),
      ]),
      h('script', { type: 'module' }, playerScript),
    ]),
  ]
}
