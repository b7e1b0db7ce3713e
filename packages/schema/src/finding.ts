import { z } from 'zod'

/** One result of a check. `path` points into the snapshot (`['sources', 3, 'url']`). A dispatch with an `error` is not published. */
export const Finding = z.strictObject({
  check: z.string(),
  level: z.enum(['error', 'warning', 'note']),
  path: z.array(z.union([z.string(), z.number()])),
  message: z.string(),
})
export type Finding = z.infer<typeof Finding>

/** Something that keeps a value from passing a gate: where, and what to do about it. */
export const Problem = z.strictObject({ path: z.array(z.union([z.string(), z.number()])), message: z.string() })
export type Problem = z.infer<typeof Problem>

export const errorsIn = (findings: readonly Finding[]): Finding[] => findings.filter(({ level }) => level === 'error')

/** `sources[3].url: expected a single line` */
export const formatProblem = ({ path, message }: Problem): string => {
  const at = path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('')
  return at === '' ? message : `${at}: ${message}`
}

export const problemsOf = (error: z.ZodError): Problem[] =>
  error.issues.map((issue) => ({
    path: issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step)),
    message: issue.message,
  }))
