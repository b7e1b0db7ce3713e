import type { Finding } from '@stet/schema/finding'
import type { Snapshot } from '@stet/schema/snapshot'
import { chapterTurns } from './chapter-turns.ts'
import type { Check } from './check.ts'
import { incompleteLink } from './incomplete-link.ts'
import { uncitedSource } from './uncited-source.ts'

/** In the order in which their findings are shown: the script first, then what it rests on. */
export const checks: readonly Check[] = [chapterTurns, uncitedSource, incompleteLink]

export const runChecks = (snapshot: Snapshot): Finding[] => checks.flatMap((check) => check.find(snapshot))
