import { createHash } from 'node:crypto'
import { pageStyle } from '@stet/render/page-style'
import type { Site } from '@stet/schema/revision'
import type { Element, ElementContent } from 'hast'
import { toHtml } from 'hast-util-to-html'
import { h } from 'hastscript'
import type { OpenApi, Operation, Parameter } from './open-api.ts'

const STYLE = `${pageStyle}
.api { padding-top: 3rem }
.api > p, .api > ul { max-width: 41.5rem; margin-bottom: 1rem }
.api-routes { list-style: none; font: var(--step--1)/1.5 var(--sans); columns: 19rem }
.api-routes li { padding: .2rem 0; break-inside: avoid }
.operation { margin-top: 2.75rem; padding-top: 1rem; border-top: 1px solid var(--rule); font: var(--step-0)/1.55 var(--sans) }
.operation h2 { font: 600 var(--step-0)/1.4 var(--mono); overflow-wrap: anywhere }
.operation h2 b { color: var(--accent) }
.operation h3 { margin: 1.1rem 0 .3rem; font: 600 var(--step--1)/1.4 var(--sans); color: var(--ink-soft) }
.operation dt { margin-top: .3rem }
.operation dd { padding-left: 1.25rem; color: var(--ink-soft) }
.operation > p, .operation dl { max-width: 41.5rem }
.api pre { margin: 0; padding: .75rem; overflow-x: auto; border: 1px solid var(--rule); border-radius: 4px; font: var(--step--1)/1.5 var(--mono) }
.api summary { margin-top: .6rem; cursor: pointer; font: var(--step--1)/1.5 var(--sans); color: var(--ink-soft) }
`

/** Its own style, by its hash, and nothing else: the page has no script. */
export const API_PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The description of the API as a page to read: every route with what it takes, what it answers, and an example. */
export const renderApiPage = (api: OpenApi, site: Site): string => {
  const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  const title = `HTTP API · ${site.name}`
  const main = h('main', { id: 'main', className: ['api'] }, [
    h('h1', 'HTTP API'),
    h('p', api.info.description),
    h('p', ['For machines: ', h('a', { href: '/api/openapi.json' }, `/api/openapi.json`), ` (OpenAPI ${api.openapi}).`]),
    h('nav', { ariaLabel: 'Routes' }, [
      h(
        'ul',
        { className: ['api-routes'] },
        operations.map(({ path, method, operation }) =>
          h('li', h('a', { href: `#${operation.operationId}` }, [h('code', `${method} ${path}`)])),
        ),
      ),
    ]),
    ...operations.map(({ path, method, operation }) => operationSection(path, method, operation)),
    h('section', { className: ['operation'] }, [
      h('h2', 'Schemas'),
      ...Object.entries(api.components.schemas).map(([name, schema]) => folded(name, schema, `schema-${name}`)),
    ]),
  ])
  return toHtml({
    type: 'root',
    children: [
      { type: 'doctype' },
      h('html', { lang: 'en' }, [
        h('head', [
          h('meta', { charSet: 'utf-8' }),
          h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
          h('meta', { name: 'color-scheme', content: 'light dark' }),
          h('meta', { name: 'robots', content: 'noindex' }),
          h('title', title),
          h('style', STYLE),
        ]),
        h('body', [
          h('a', { className: ['skip'], href: '#main' }, 'Skip to the text'),
          h('header', { className: ['site'] }, h('a', { href: '/' }, site.name)),
          main,
        ]),
      ]),
    ],
  })
}

const operationSection = (path: string, method: string, operation: Operation): Element => {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation
  const [[status, answer] = ['', {}]] = Object.entries(responses)
  const answered = answer.content?.['application/json']
  const answeredAs = Object.keys(answer.content ?? {})
  const sent = requestBody?.content['application/json']
  return h('section', { className: ['operation'], id: operationId }, [
    h('h2', [h('b', method), ` ${path}`]),
    h('p', [...withCode(summary), `. ${description}`]),
    ...(parameters.length === 0 ? [] : [h('h3', 'Takes'), h('dl', parameters.flatMap(parameterElements))]),
    ...(requestBody === undefined ? [] : [h('h3', requestBody.required ? 'Is sent' : 'May be sent')]),
    ...(requestBody === undefined
      ? []
      : sent === undefined
        ? [h('p', oneOf(Object.keys(requestBody.content)))]
        : [sample(sent.example, `What ${operationId} is sent`), folded('Its schema', sent.schema)]),
    h('h3', `Answers ${status}`),
    ...(answered === undefined
      ? [h('p', answeredAs.length === 0 ? 'Nothing more.' : oneOf(answeredAs))]
      : [sample(answered.example, `What ${operationId} answers`), folded('Its schema', answered.schema)]),
  ])
}

const parameterElements = ({ in: place, name, required, description, example }: Parameter): Element[] => [
  h('dt', [h('code', name), ` ${PLACES[place] ?? place}${required ? '' : ', if you like'}`]),
  h('dd', [
    ...(description === undefined ? [] : [`${description} `]),
    ...(example === undefined ? [] : ['Such as ', h('code', String(example))]),
  ]),
]

const oneOf = (mediaTypes: readonly string[]): (Element | string)[] =>
  mediaTypes.flatMap((type, nth) => [nth === 0 ? 'As it is: ' : nth < mediaTypes.length - 1 ? ', ' : ' or ', h('code', type)])

const PLACES: Readonly<Record<string, string>> = { path: 'in the address', query: 'after the ?', header: 'as a header' }

/** What stands between backticks is code. */
const withCode = (text: string): (Element | string)[] =>
  text.split('`').map((part, nth) => (nth % 2 === 0 ? part : h('code', part)))

/** Can be reached by keys, since what is long is scrolled sideways. */
const sample = (value: unknown, label: string): Element =>
  h('pre', { tabIndex: 0, role: 'region', ariaLabel: label }, JSON.stringify(value, null, 2))

const folded = (summary: string, schema: unknown, id?: string): ElementContent =>
  h('details', { id }, [h('summary', summary), sample(schema, summary)])
