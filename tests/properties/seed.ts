import fc from 'fast-check'

/**
 * Every run of `npm test` on one commit draws the same cases, so that what fails is what somebody changed. `STET_SEED` draws others;
 * `npm run explore` does so again and again.
 */
fc.configureGlobal({ seed: Number(process.env['STET_SEED'] ?? 1) })
