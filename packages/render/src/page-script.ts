/**
 * The one script of a page, inlined at its end (a server allows it by its hash). The page is whole without it: it adds a time
 * in the address, search within, and notes that open by hover and focus where the browser does not do that by itself.
 * Each part is a block of its own and touches nothing that the page says.
 */

/** `#t=00:03:12`, `#t=3:12` or `#t=192` goes to the turn that is spoken then, and marks it. */
const timeInAddress = `{
  const secondsOf = (clock) => /^(\\d{1,2}:){0,2}\\d{1,6}$/.test(clock)
    ? clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) : null
  const turns = [...document.querySelectorAll('.turn')].map((turn) =>
    ({ turn, start: secondsOf(turn.querySelector('.permalink').textContent) }))
  const goThere = () => {
    for (const marked of document.querySelectorAll('.at-time')) marked.classList.remove('at-time')
    const time = location.hash.startsWith('#t=') ? secondsOf(location.hash.slice(3)) : null
    const { turn } = (time === null ? null : turns.findLast(({ start }) => start <= time) ?? turns[0]) ?? {}
    if (turn === undefined) return
    turn.classList.add('at-time')
    turn.tabIndex = -1
    turn.focus({ preventScroll: true })
    turn.scrollIntoView()
  }
  addEventListener('hashchange', goThere)
  goThere()
}`

/** Marks what is found without touching the text, whatever elements the words run through; the numbers of sources are no words. */
const searchWithin = `{
  const search = document.querySelector('.find')
  if (search !== null && globalThis.Highlight !== undefined) {
    const [form, field, told] = ['form', 'input', 'output'].map((name) => search.querySelector(name))
    const found = new Highlight()
    const here = new Highlight()
    here.priority = 1
    CSS.highlights.set('found', found)
    CSS.highlights.set('found-here', here)
    // One letter for one, so that places in folded words are places in the words.
    const fold = (text) => text.toLowerCase().length === text.length
      ? text.toLowerCase().replace(/[\\u00c0-\\u024f\\u1e00-\\u1eff]/g, (letter) => letter.normalize('NFD')[0]) : text
    const readBlock = (block) => {
      const parts = []
      const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) =>
        node.nodeType === Node.TEXT_NODE ? NodeFilter.FILTER_ACCEPT
          : node.matches('.references') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP)
      let text = ''
      while (walker.nextNode()) {
        parts.push({ node: walker.currentNode, from: text.length })
        text += walker.currentNode.data
      }
      return { parts, folded: fold(text) }
    }
    let blocks = null
    const read = () => [...document.querySelectorAll('.script :is(h2, h3, li, p:not(.who))')].map(readBlock)
    const placeOf = (parts, offset) => {
      const part = parts.findLast(({ from }) => from <= offset)
      return [part.node, offset - part.from]
    }
    const rangesOf = ({ parts, folded }, words) => {
      const ranges = []
      for (let at = folded.indexOf(words); at >= 0; at = folded.indexOf(words, at + words.length)) {
        const range = document.createRange()
        range.setStart(...placeOf(parts, at))
        const [node, offset] = placeOf(parts, at + words.length - 1)
        range.setEnd(node, offset + 1)
        ranges.push(range)
      }
      return ranges
    }
    let ranges = []
    let nth = -1
    const show = () => {
      found.clear()
      here.clear()
      for (const range of ranges) found.add(range)
      if (ranges[nth] !== undefined) here.add(ranges[nth])
      told.value = field.value.trim() === '' ? '' : ranges.length === 0 ? 'Nothing found'
        : nth < 0 ? ranges.length + ' found' : nth + 1 + ' of ' + ranges.length
      for (const button of form.querySelectorAll('button')) button.hidden = ranges.length === 0
    }
    field.addEventListener('input', () => {
      blocks ??= read()
      const words = fold(field.value.trim())
      ranges = words === '' ? [] : blocks.flatMap((block) => rangesOf(block, words))
      nth = -1
      show()
    })
    const go = (step) => {
      if (ranges.length === 0) return
      nth = nth < 0 && step < 0 ? ranges.length - 1 : (nth + step + ranges.length) % ranges.length
      show()
      ranges[nth].startContainer.parentElement.scrollIntoView({ block: 'center' })
    }
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      // Enter in the field counts as the first button, which leads back.
      const isBack = document.activeElement !== field && event.submitter?.value === 'back'
      go(isBack ? -1 : 1)
    })
    field.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !event.shiftKey) return
      event.preventDefault()
      go(-1)
    })
    search.hidden = false
  }
}`

/** Hover and focus open the note of a source, for browsers that leave that to a script. A click opens it in any of them. */
const notesByHover = `if (!('interestForElement' in HTMLButtonElement.prototype) && 'popover' in HTMLElement.prototype) {
  const DELAY = 250
  const noteOf = (node) => node instanceof Element ? node.closest('.references button')?.popoverTargetElement ?? null : null
  let timer = 0
  let hovered = null
  const later = (act) => {
    clearTimeout(timer)
    timer = setTimeout(act, DELAY)
  }
  const open = (note, source) => note.isConnected && !note.matches(':popover-open') && note.showPopover({ source })
  addEventListener('pointerover', ({ target, pointerType }) => {
    const note = pointerType === 'mouse' ? noteOf(target) : null
    if (note !== null) later(() => open(hovered = note, target.closest('button')))
    else if (hovered !== null && target instanceof Element && target.closest('.note') === hovered) clearTimeout(timer)
    else if (hovered !== null) later(() => { hovered?.hidePopover(); hovered = null })
    else clearTimeout(timer)
  })
  addEventListener('focusin', ({ target }) => {
    const note = noteOf(target)
    if (note !== null && target.matches(':focus-visible')) open(note, target)
  })
  // What one clicked stays until it is dismissed.
  addEventListener('click', ({ target }) => { if (noteOf(target) !== null) hovered = null })
}`

/** Who follows a link out of a note has done with the note. */
const notesEnd = `addEventListener('click', ({ target }) => {
  if (target instanceof Element && target.matches('.note a')) target.closest('.note').hidePopover()
})`

export const pageScript = [timeInAddress, searchWithin, notesByHover, notesEnd].join('\n')
