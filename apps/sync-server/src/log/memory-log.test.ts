import { describe } from 'vitest'
import { createManualClock } from '../manual-clock.ts'
import { createMemoryLog } from './memory-log.ts'
import { describeUpdateLog } from './update-log.contract.ts'

describe('memory log', () => describeUpdateLog(async () => createMemoryLog(createManualClock())))
