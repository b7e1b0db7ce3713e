import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

// Hundreds of threads and processes run the same sources here: they are compiled once. Halves the time of what opens a log.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/stet-compiled')

/** They stand in for a browser or for a module, each in another way, so each has a process of its own. */
const alone = ['apps/web/**/*.test.{ts,tsx}', 'apps/sync-server/src/log/failing-pack.test.ts']

export default defineConfig({
  test: {
    // Many tests wait for processes of their own: as many workers as processors keep these busy.
    maxWorkers: '100%',
    testTimeout: 60_000,
    // Many start a server first.
    hookTimeout: 60_000,
    setupFiles: [join(import.meta.dirname, 'tests/properties/seed.ts')],
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['{packages,apps,tests}/**/*.test.ts'],
          exclude: ['**/node_modules/**', ...alone],
          // No module of ours has state: one after the other in one process, which loads them once. Saves a third of a second a file.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: alone } },
    ],
  },
})
