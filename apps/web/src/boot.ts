import { config } from 'zod/v4/core'

// Before the first schema is made: zod tries `new Function` when it makes one, which the content security policy
// forbids and the console reports.
config({ jitless: true })
await import('./main.tsx')
