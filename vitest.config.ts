import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

// Hundreds of threads and processes run the same sources here: they are compiled once. Halves the time of what opens a log.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/stet-compiled')

export default defineConfig({
  test: {
    include: [
      'packages/**/*.test.ts',
      'apps/**/*.test.ts',
      'apps/**/*.test.tsx',
      'tests/simulation/**/*.test.ts',
      'tests/peers/**/*.test.ts',
      'tests/chaos/**/*.test.ts',
      'tests/repository/**/*.test.ts',
      'tests/speech-time/**/*.test.ts',
      'tests/gate/**/*.test.ts',
      'tests/hostile/**/*.test.ts',
      'tests/export/**/*.test.ts',
    ],
    // Many tests wait for processes of their own: as many workers as processors keep these busy.
    maxWorkers: '100%',
    testTimeout: 60_000,
  },
})
