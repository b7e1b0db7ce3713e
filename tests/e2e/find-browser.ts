import { existsSync } from 'node:fs'
import chromium from '@sparticuz/chromium'

const installed = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

/** The machine's own Chromium, else the one that npm brought; its path is handed to the workers in STET_CHROMIUM. */
export default async function findBrowser(): Promise<void> {
  process.env['STET_CHROMIUM'] ??= installed.find((path) => existsSync(path)) ?? (await chromium.executablePath())
}
