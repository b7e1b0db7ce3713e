/** What the desk says of the words on it. One total table from facts to states; nothing else decides. */
export type Link = 'offline' | 'connecting' | 'synced' | 'signed out' | 'read only' | 'refused' | 'damaged' | 'put aside'

export type Facts = {
  readonly link: Link
  /** `kept`: all is on this device's disk. `failing`: the device refuses to keep it. */
  readonly storing: 'kept' | 'writing' | 'failing'
  /** Own changes that the server has not committed. */
  readonly unsent: number
  /** Why the server closed the connection last, for a person to read (`CLOSINGS` of the contract); null when it did not. */
  readonly closed?: string | null
}

export type State =
  | 'synced'
  | 'saved here'
  | 'not sent'
  | 'not saved'
  | 'saving'
  | 'connecting'
  | 'signed out'
  | 'read only'
  | 'refused'
  | 'damaged'
  | 'put aside'

type Case = { readonly allSent: State; readonly someUnsent: State }
const both = (state: State): Case => ({ allSent: state, someUnsent: state })

const table: Record<Link, Record<Facts['storing'], Case>> = {
  offline: {
    kept: { allSent: 'saved here', someUnsent: 'not sent' },
    writing: both('saving'),
    failing: both('not saved'),
  },
  connecting: {
    kept: { allSent: 'connecting', someUnsent: 'not sent' },
    writing: { allSent: 'connecting', someUnsent: 'saving' },
    failing: { allSent: 'connecting', someUnsent: 'not saved' },
  },
  synced: {
    kept: { allSent: 'synced', someUnsent: 'saved here' },
    writing: { allSent: 'synced', someUnsent: 'saving' },
    // The server has not answered yet; it is on its way there, and only there.
    failing: { allSent: 'synced', someUnsent: 'saving' },
  },
  'signed out': { kept: both('signed out'), writing: both('saving'), failing: both('not saved') },
  'read only': { kept: both('read only'), writing: both('read only'), failing: both('read only') },
  // Damaged is the server's copy; what is here is as it was.
  damaged: { kept: both('damaged'), writing: both('damaged'), failing: both('not saved') },
  'put aside': { kept: both('put aside'), writing: both('put aside'), failing: both('not saved') },
  refused: { kept: both('refused'), writing: both('refused'), failing: both('not saved') },
}

export const stateOf = ({ link, storing, unsent }: Facts): State => table[link][storing][unsent > 0 ? 'someUnsent' : 'allSent']

export type Status = { readonly state: State; readonly unsent: number; readonly text: string; readonly detail: string }

export const statusOf = (facts: Facts): Status => {
  const state = stateOf(facts)
  return { state, unsent: facts.unsent, ...words[state](facts) }
}

const changes = (count: number): string => (count === 1 ? '1 change' : `${count} changes`)

const words: Record<State, (facts: Facts) => { text: string; detail: string }> = {
  synced: ({ storing }) => ({
    text: 'Synced',
    detail: storing === 'failing' ? 'The server has everything. This device cannot keep a copy.' : 'The server has everything.',
  }),
  'saved here': ({ link, closed }) => ({
    text: 'Saved here',
    detail:
      link === 'offline'
        ? `All is on this device. ${closed ?? 'You are not connected.'}`
        : 'On this device, and on its way to the server.',
  }),
  'not sent': ({ unsent, closed }) => ({
    text: `${changes(unsent)} not sent`,
    detail: `All is saved on this device and goes up when you are connected.${closed ? ` ${closed}` : ''}`,
  }),
  'not saved': () => ({
    text: 'Not saved!',
    detail: 'This device has no room for your changes. Keep this page open until it is connected.',
  }),
  saving: () => ({ text: 'Saving…', detail: 'Being written.' }),
  connecting: () => ({ text: 'Connecting…', detail: 'Looking for what is new.' }),
  'signed out': ({ unsent }) => ({
    text: 'Signed out',
    detail:
      unsent > 0
        ? `${changes(unsent)} not sent. They are saved on this device and go up when you sign in again.`
        : 'Sign in again to go on with the others.',
  }),
  'read only': ({ unsent }) => ({
    text: 'Read only',
    detail:
      unsent > 0
        ? `You may read this dispatch, not change it. ${changes(unsent)} made on this device stay here and were not sent.`
        : 'You may read this dispatch, not change it.',
  }),
  damaged: ({ unsent }) => ({
    text: 'Damaged',
    detail: `The server’s copy of this dispatch is damaged; whoever runs the server can repair it. Until then one can read it, not change it.${
      unsent > 0 ? ` ${changes(unsent)} made on this device stay here and go up when it is repaired.` : ''
    }`,
  }),
  'put aside': () => ({
    text: 'Put aside',
    detail: 'The server has another dispatch at this address. What this device had of the old one is kept by itself.',
  }),
  refused: ({ closed }) => ({
    text: 'Not accepted',
    detail: closed ?? 'The server does not take what this page sends. Reload it; what is saved here stays.',
  }),
}
