import { describe } from 'vitest'
import { openDeskDatabase } from '../desk-database.ts'
import { describeAccess } from './access.contract.ts'
import { createSqlitePeople } from './sqlite-people-database.ts'

describe('people in desk.sqlite', () => {
  describeAccess(async () => createSqlitePeople(openDeskDatabase(':memory:')))
})
