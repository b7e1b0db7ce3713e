import { resolve } from 'node:path'
import { build } from 'vite'

/** Builds the pages of the rivals as a product would ship them; readable, with source maps, for a profile. */
export const buildPages = async (outDir: string, { readable }: { readable: boolean }): Promise<void> => {
  await build({
    configFile: false,
    root: resolve(import.meta.dirname, 'pages'),
    base: '/',
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true, target: 'es2023', minify: !readable, sourcemap: readable, chunkSizeWarningLimit: 2_000 },
    worker: { format: 'es' },
  })
}
