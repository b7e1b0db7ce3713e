import { basename, join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, loadEnv, type Rolldown } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

/** The way to an open dispatch: each is fetched after the one before it. */
const stages = ['src/main.tsx', 'src/desk/desk-page.tsx']

/**
 * What a stage imports statically is one chunk with it, less what the stages before it have brought. Left alone, whatever is
 * also imported by some part that comes later is a chunk of its own, and the first paint waits for forty small files.
 */
const stageGroups = () => {
  let stageByModule: ReadonlyMap<string, string> | null = null
  const nameIn = (stage: string) => (id: string, context: Rolldown.ChunkingContext) => {
    stageByModule ??= stagesByModule((module) => context.getModuleInfo(module)?.importedIds ?? [])
    return stageByModule.get(id) === stage ? basename(stage).replace(/\.\w+$/, '') : null
  }
  return stages.map((stage, nth) => ({ name: nameIn(stage), debugName: stage, priority: stages.length - nth }))
}

/** Our own modules: what they use of the packages comes along. */
const stagesByModule = (importsOf: (module: string) => readonly string[]): Map<string, string> => {
  const found = new Map<string, string>()
  for (const stage of stages) {
    const waiting = [join(import.meta.dirname, stage)]
    for (let module = waiting.pop(); module !== undefined; module = waiting.pop()) {
      if (found.has(module) || module.includes('/node_modules/')) continue
      found.set(module, stage)
      waiting.push(...importsOf(module))
    }
  }
  return found
}

export default defineConfig(({ mode }) => {
  const server = `http://127.0.0.1:${loadEnv(mode, '../..', 'PORT')['PORT'] ?? 4400}`
  return {
    base: '/desk/',
    plugins: [
      react(),
      VitePWA({
        // A newer desk waits to be asked for: a reload under someone who types is worse than an old button.
        registerType: 'prompt',
        injectRegister: false,
        scope: '/desk/',
        manifest: {
          name: 'Stet',
          short_name: 'Stet',
          description: 'A desk for writing dispatches together',
          id: '/desk/',
          start_url: '/desk/',
          scope: '/desk/',
          display: 'standalone',
          background_color: '#fbfaf6',
          theme_color: '#ffffff',
          icons: [
            { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
            { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
            { src: 'icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any maskable' },
          ],
        },
        workbox: {
          globPatterns: ['**/*.{js,css,html,svg,png,woff2}'],
          // The whole desk and nothing else: no runtime caching, so neither the API nor a public page is ever kept.
          navigateFallback: '/desk/index.html',
          navigateFallbackAllowlist: [/^\/desk\//],
          cleanupOutdatedCaches: true,
          clientsClaim: true,
        },
      }),
    ],
    build: {
      target: 'es2022',
      sourcemap: true,
      rolldownOptions: { output: { codeSplitting: { groups: stageGroups() } } },
      // Preloads named in the page miss the service worker's cache, load twice and are complained of in the console.
      modulePreload: { resolveDependencies: (_file, dependencies, { hostType }) => (hostType === 'html' ? [] : dependencies) },
    },
    server: {
      proxy: { '/api': server, '/artwork': server, '/sync': { target: server, ws: true } },
    },
  }
})
