import { config } from 'zod/v4/core'

// Imported first, before any schema is made: zod tries `new Function` when it makes one, which the content security policy
// forbids and the console reports.
config({ jitless: true })
