import type { HistoryFault } from '../history/history.ts'
import { MOST_MOMENTS } from '../history/named-moments.ts'
import { ABSENT, type Refused, refused } from './problem.ts'

/** Why history does not answer, and what to do. */
export const noHistory = (fault: HistoryFault): Refused => {
  switch (fault.fault) {
    case 'absent':
      return ABSENT
    case 'ahead':
      return refused(404, `There is no such moment yet: the newest entry of this dispatch is ${fault.newest}`)
    case 'backwards':
      return refused(422, 'The first moment is later than the second', [
        { path: ['from'], message: 'give the earlier one first' },
      ])
    case 'damaged':
      return refused(
        503,
        'What was written up to that moment is damaged on the server; earlier moments may be whole, and an operator can repair it',
      )
    case 'invalid':
      return refused(422, `At entry ${fault.seq} some fields were not as they should be; ask for another moment`, fault.problems)
    case 'busy':
      return refused(503, 'Too many look at histories just now; try again in a moment')
    case 'late':
      return refused(503, 'So much was written up to that moment that the server gave up; ask for an earlier one')
    case 'full':
      return refused(409, `This dispatch has ${MOST_MOMENTS} named moments; take the name from one first`)
    case 'failed':
      return refused(500, `The history could not be read: ${fault.message}`)
  }
}
