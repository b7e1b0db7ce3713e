import type { Ref } from 'react'

export type AvatarProps = { readonly name: string; readonly color: number; readonly isSelf: boolean }

/** A person as their initials in their colour. `rest` is what a tooltip hangs on it. */
export const Avatar = ({ name, color, isSelf, ref, ...rest }: AvatarProps & { ref?: Ref<HTMLSpanElement> }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard, too, comes to the tooltip
  <span {...rest} ref={ref} className="avatar" data-color={color} tabIndex={0}>
    <span aria-hidden="true">{initialsOf(name)}</span>
    <span className="visually-hidden">{titleOf(name, isSelf)}</span>
  </span>
)

export const titleOf = (name: string, isSelf: boolean): string => (isSelf ? `${name} (you)` : name)

const initialsOf = (name: string): string => {
  const words = name.trim().split(/\s+/)
  const letters =
    words.length > 1 ? [words[0], words.at(-1)].map((word) => [...(word ?? '')][0] ?? '') : [...name.trim()].slice(0, 2)
  return letters.join('').toUpperCase()
}
