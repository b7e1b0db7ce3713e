/** One request and its answer for each route by which people come, and are looked after. */
const at = '2026-02-01T10:00:00.000Z'
const until = '2026-02-08T10:00:00.000Z'
const ada = { id: 'person-ada', name: 'Ada', color: 1, role: 'owner' } as const
const bo = { id: 'person-bo', name: 'Bo', color: 2, role: 'publisher', since: at } as const
const made = {
  id: '5f1e9d2c7b3a4860',
  role: 'editor',
  uses: 1,
  used: 0,
  madeBy: 'Ada',
  madeAt: at,
  expiresAt: until,
} as const
const token = {
  id: 'token-5f1e9d2c7b3a4860',
  name: 'exporter',
  scopes: ['read:published'] as 'read:published'[],
  madeAt: at,
  expiresAt: until,
  usedAt: null,
}
const params = { id: bo.id }
const none = { answer: undefined }

export const peopleExamples = {
  signIn: { body: { code: 'c0de-from-the-link', name: 'Ada' }, answer: { person: ada } },
  signInWithPassword: { body: { name: 'Ada', password: 'a lamp for the long pier' }, answer: { person: ada } },
  askForPasskey: { answer: { challenge: 'c2hvdyBtZSB5b3VyIGtleQ', rpId: 'show.example', userVerification: 'required' } },
  signInWithPasskey: { body: { response: { id: 'cGFzc2tleQ', type: 'public-key' } }, answer: { person: ada } },
  getAccount: {
    answer: {
      person: ada,
      signInName: 'Ada',
      passkeys: [{ id: 'cGFzc2tleQ', name: 'Phone', madeAt: at, usedAt: null }],
      sessions: [{ id: '5f1e9d2c7b3a4860', agent: 'Mozilla/5.0', madeAt: at, usedAt: at, isThis: true }],
    },
  },
  changeAccount: { body: { color: 3 }, answer: { person: { ...ada, color: 3 } } },
  setPassword: { body: { signInName: 'Ada', password: 'a lamp for the long pier' }, ...none },
  askForNewPasskey: { answer: { challenge: 'c2hvdyBtZSB5b3VyIGtleQ', rp: { id: 'show.example', name: 'The Show' } } },
  addPasskey: { body: { name: 'Phone', response: { id: 'cGFzc2tleQ', type: 'public-key' } }, ...none },
  removePasskey: { params: { id: 'cGFzc2tleQ' }, ...none },
  endSession: { params: { id: '5f1e9d2c7b3a4860' }, ...none },
  signOutElsewhere: none,
  getProvider: { answer: { provider: { name: 'Harbour Accounts' } } },
  beginSignIn: {
    body: { invitation: { code: 'c0de-from-the-link', name: 'Ada' } },
    answer: { url: 'https://accounts.example/authorize?client_id=stet&response_type=code' },
  },
  listIdentities: {
    answer: { identities: [{ id: '5f1e9d2c7b3a4860', provider: 'Harbour Accounts', madeAt: at, usedAt: null }] },
  },
  beginJoining: { answer: { url: 'https://accounts.example/authorize?client_id=stet&response_type=code' } },
  removeIdentity: { params: { id: '5f1e9d2c7b3a4860' }, ...none },
  listPeople: { answer: { people: [bo] } },
  changeRole: { params, body: { role: 'publisher' as const }, answer: bo },
  removePerson: { params, ...none },
  createLink: {
    body: { role: 'editor' as const },
    answer: { url: 'https://show.example/desk/sign-in#c0de-for-one-person', expiresAt: until, made },
  },
  listLinks: { answer: { invitations: [made] } },
  withdrawLink: { params: { id: made.id }, ...none },
  listAudit: {
    query: {},
    answer: {
      entries: [
        {
          seq: 1,
          at,
          act: 'invited',
          by: ada.id,
          byName: 'Ada',
          about: '1 as editor',
          address: '192.0.2.1',
          hash: 'a'.repeat(64),
        },
      ],
      next: null,
      newest: 1,
    },
  },
  listTokens: { answer: { tokens: [token] } },
  createToken: { body: { name: 'exporter', scopes: ['read:published' as const] }, answer: { token: 'stet_c0de', made: token } },
  revokeToken: { params: { id: token.id }, ...none },
}
