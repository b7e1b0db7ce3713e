import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  globalSetup: './find-browser.ts',
  outputDir: '../../test-results',
  fullyParallel: true,
  workers: 3,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json']],
  use: {
    launchOptions: {
      // Set by find-browser.ts, which runs before the workers read this file again.
      ...(process.env['STET_CHROMIUM'] ? { executablePath: process.env['STET_CHROMIUM'] } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        // Nothing is drawn by a graphics card here: a process of its own for it is a tenth of what a test costs.
        '--in-process-gpu',
      ],
    },
    actionTimeout: 30_000,
    viewport: { width: 1360, height: 860 },
    // Recording costs a third of the time: `npx playwright test --trace=retain-on-failure` where a failure is looked into.
    trace: 'off',
  },
})
