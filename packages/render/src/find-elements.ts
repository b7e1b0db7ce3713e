import type { Snapshot } from '@stet/schema/snapshot'
import type { Element } from 'hast'
import { h } from 'hastscript'

/** Search within the page. Only the script can do it, so the script shows it; without, the browser's own is there. */
export const findElements = ({ kind, body }: Snapshot): Element[] =>
  body.length === 0
    ? []
    : [
        h('search', { className: ['find'], hidden: true }, [
          h('form', [
            h('label', { htmlFor: 'find' }, kind === 'essay' ? 'Find in this essay' : 'Find in this dispatch'),
            h('input', { id: 'find', type: 'search', autoComplete: 'off', spellCheck: 'false', maxLength: 100 }),
            h('p', [
              h('output', { htmlFor: ['find'] }),
              h('button', { type: 'submit', value: 'back', ariaLabel: 'Previous', hidden: true }, '↑'),
              h('button', { type: 'submit', value: 'on', ariaLabel: 'Next', hidden: true }, '↓'),
            ]),
          ]),
        ]),
      ]
