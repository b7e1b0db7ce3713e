import { CLOSINGS } from '@stet/schema/contract/sync'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What the parts of the server tell of themselves as they work. */
export type Metrics = {
  /** What this long commit of so many entries came to; `saved`, or the fault of the log. */
  readonly commit: (outcome: string, entries: number, milliseconds: number) => void
  /** A socket was closed with this code because of what came by it. */
  readonly refused: (code: number) => void
  /** A socket was not let in. */
  readonly turnedAway: (status: number) => void
  readonly job: (name: string, outcome: string, milliseconds: number) => void
  readonly answered: (route: string, status: number, milliseconds: number) => void
  /** A dispatch was found damaged. */
  readonly damaged: () => void
  /** What is asked for each time somebody looks. */
  readonly watch: (gauge: keyof typeof GAUGES, read: () => number) => void
  /** All of it, in the text format of Prometheus. */
  readonly text: () => Promise<string>
  readonly contentType: string
}

const GAUGES = {
  stet_rooms: 'Dispatches in memory',
  stet_connections: 'Open sockets',
  stet_entries_waiting: 'Entries that wait for their commit',
  stet_jobs_waiting: 'Jobs for the decoding threads that have no answer yet',
} as const

/** Seconds. An acknowledgement waits for one commit, so the low end is the finer. */
const COMMIT_SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5]
const JOB_SECONDS = [0.005, 0.02, 0.1, 0.5, 2, 5, 10, 20]
const HTTP_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 20]

/** `ofProcess`: with memory, processor and event loop of the process, which are measured all the time from then on. */
export const createMetrics = ({ ofProcess }: { ofProcess: boolean }): Metrics => {
  const registry = new Registry()
  const registers = [registry]
  if (ofProcess) collectDefaultMetrics({ register: registry })
  const commits = new Histogram({
    name: 'stet_commit_seconds',
    help: 'From handing entries to the log until they are stored with fsync',
    buckets: COMMIT_SECONDS,
    registers,
  })
  const entries = new Counter({ name: 'stet_entries_total', help: 'Entries that were stored', registers })
  const commitFaults = new Counter({
    name: 'stet_commit_faults_total',
    help: 'Commits that the log refused',
    labelNames: ['fault'],
    registers,
  })
  const refusals = new Counter({
    name: 'stet_refused_total',
    help: 'Sockets that were closed because of what came by them, by the name of the close code',
    labelNames: ['reason'],
    registers,
  })
  const turnedAway = new Counter({
    name: 'stet_turned_away_total',
    help: 'Sockets that were not let in, by the status they were answered with',
    labelNames: ['status'],
    registers,
  })
  const jobs = new Histogram({
    name: 'stet_job_seconds',
    help: 'Jobs of the decoding threads, waiting included',
    labelNames: ['job', 'outcome'],
    buckets: JOB_SECONDS,
    registers,
  })
  const requests = new Counter({
    name: 'stet_http_requests_total',
    help: 'Answers over HTTP',
    labelNames: ['route', 'status'],
    registers,
  })
  const answers = new Histogram({
    name: 'stet_http_seconds',
    help: 'How long answers over HTTP took',
    labelNames: ['route'],
    buckets: HTTP_SECONDS,
    registers,
  })
  const damaged = new Counter({ name: 'stet_damaged_total', help: 'Dispatches found damaged since the start', registers })

  return {
    commit: (outcome, count, milliseconds) => {
      commits.observe(milliseconds / 1000)
      if (outcome === 'saved') entries.inc(count)
      else commitFaults.inc({ fault: outcome })
    },
    refused: (code) => refusals.inc({ reason: nameByCode.get(code) ?? String(code) }),
    turnedAway: (status) => turnedAway.inc({ status }),
    job: (job, outcome, milliseconds) => jobs.observe({ job, outcome }, milliseconds / 1000),
    answered: (route, status, milliseconds) => {
      requests.inc({ route, status })
      answers.observe({ route }, milliseconds / 1000)
    },
    damaged: () => damaged.inc(),
    watch: (name, read) => {
      const gauge: Gauge = new Gauge({ name, help: GAUGES[name], registers, collect: () => gauge.set(read()) })
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}

const nameByCode = new Map<number, string>(Object.entries(CLOSINGS).map(([name, { code }]) => [code, name]))
