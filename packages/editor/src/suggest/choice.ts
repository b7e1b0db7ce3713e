/** One thing that a menu offers. */
export type Choice = {
  readonly id: string
  readonly name: string
  /** Stands before the name: the number of a source. */
  readonly lead?: string
  /** Said after the name, smaller. */
  readonly detail?: string
  /** Stands at the end: the keys of a command. */
  readonly trail?: string
  /** Found by these words too. */
  readonly words?: string
  readonly group?: string
  /** It is so already; picking it again takes it off. */
  readonly isOn?: boolean
  /** Enter takes it only when one went to it: what makes something new is not done by accident. */
  readonly asksFirst?: boolean
}
