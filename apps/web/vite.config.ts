import react from '@vitejs/plugin-react'
import { defineConfig, loadEnv } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

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
      // Preloads named in the page miss the service worker's cache, load twice and are complained of in the console.
      modulePreload: { resolveDependencies: (_file, dependencies, { hostType }) => (hostType === 'html' ? [] : dependencies) },
    },
    server: {
      proxy: { '/api': server, '/sync': { target: server, ws: true } },
    },
  }
})
