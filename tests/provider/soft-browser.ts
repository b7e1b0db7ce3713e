/** For tests: a browser as far as redirects and cookies go. */
export const createSoftBrowser = () => {
  const jars = new Map<string, Map<string, string>>()
  const jarOf = (url: string) => {
    const { origin } = new URL(url)
    const jar = jars.get(origin) ?? new Map<string, string>()
    jars.set(origin, jar)
    return jar
  }
  const ask = async (url: string, { method = 'GET', body }: { readonly method?: string; readonly body?: unknown } = {}) => {
    const jar = jarOf(url)
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(method === 'GET' ? {} : { origin: new URL(url).origin, 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (value === '' || /max-age=0/i.test(cookie)) jar.delete(name)
      else jar.set(name, value)
    }
    const text = await response.text()
    const location = response.headers.get('location')
    return {
      status: response.status,
      headers: response.headers,
      json: /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : null,
      /** Where it is sent on to; null: nowhere. */
      location: location === null ? null : new URL(location, url).href,
    }
  }
  return {
    ask,
    /** Goes where it is sent, up to an address that begins so, and not there. */
    followUpTo: async (url: string, end: string): Promise<string> => {
      let next = url
      for (let left = 10; left > 0 && !next.startsWith(end); left -= 1) {
        const { status, location } = await ask(next)
        if (location === null) throw new Error(`${next} answers ${status} and leads nowhere`)
        next = location
      }
      return next
    },
    cookie: (url: string, name: string): string | null => jarOf(url).get(name) ?? null,
    setCookie: (url: string, name: string, value: string): void => void jarOf(url).set(name, value),
  }
}
