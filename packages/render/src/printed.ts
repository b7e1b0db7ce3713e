import type { Element, Literal, Root } from 'hast'
import { toHtml } from 'hast-util-to-html'

/** A part of a page as it was printed already. Only `printOnce` makes it, so what is in it was escaped by the printer. */
export interface Printed extends Literal {
  readonly type: 'raw'
}

declare module 'hast' {
  interface ElementContentMap {
    raw: Printed
  }
  interface RootContentMap {
    raw: Printed
  }
}

export const printOnce = (element: Element): Printed => ({ type: 'raw', value: toHtml(element) })

export const printPage = (root: Root): string => toHtml(root, { allowDangerousHtml: true })
