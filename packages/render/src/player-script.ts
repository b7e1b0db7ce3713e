/**
 * Beside the player of a page, which a server allows by its hash: the turn that is spoken is marked, and the times of turns lead to their
 * places in the recording, as `#t=00:03:12` in the address does. It touches nothing that the page says, and moves nothing: whoever reads
 * elsewhere stays there.
 */
export const playerScript = `
const audio = document.querySelector('.player audio')
const secondsOf = (clock) => /^(\\d{1,2}:){0,2}\\d{1,6}$/.test(clock)
  ? clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) : null
const turns = [...document.querySelectorAll('.turn')].map((turn) =>
  ({ turn, start: secondsOf(turn.querySelector('.permalink').textContent) }))
let spoken = null
const follow = () => {
  const isBegun = !audio.paused || audio.currentTime > 0
  const now = isBegun ? turns.findLast(({ start }) => start <= audio.currentTime)?.turn ?? null : null
  if (now === spoken) return
  spoken?.classList.remove('spoken')
  now?.classList.add('spoken')
  spoken = now
}
for (const event of ['play', 'timeupdate', 'seeking']) audio.addEventListener(event, follow)
const seek = (seconds) => {
  if (seconds !== null) audio.currentTime = seconds
}
document.addEventListener('click', ({ target }) => {
  const link = target instanceof Element ? target.closest('.permalink') : null
  if (link !== null) seek(secondsOf(link.textContent))
})
const followAddress = () => location.hash.startsWith('#t=') && seek(secondsOf(location.hash.slice(3)))
addEventListener('hashchange', followAddress)
followAddress()
`
