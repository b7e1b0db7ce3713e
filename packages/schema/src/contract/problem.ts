import { z } from 'zod'
import { Problem } from '../finding.ts'

/** RFC 9457 problem details; `problems` names each faulty field and its fix. */
export const ProblemDetails = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  problems: z.array(Problem).optional(),
})
export type ProblemDetails = z.infer<typeof ProblemDetails>

export const PROBLEM_MEDIA_TYPE = 'application/problem+json'
