/** What can be done about what is removed; each answers whether it was done. */
export type RemovalActs = {
  readonly putBack: (block: string) => void
  readonly leaveRemoved: (block: string) => void
  readonly undo: () => void
}
