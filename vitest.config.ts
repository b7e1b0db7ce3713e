import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'packages/**/*.test.ts',
      'apps/**/*.test.ts',
      'apps/**/*.test.tsx',
      'tests/simulation/**/*.test.ts',
      'tests/repository/**/*.test.ts',
    ],
    testTimeout: 60_000,
  },
})
