import { expect, test } from 'vitest'
import { createSentLedger } from './sent-ledger.ts'

test('a change is unsent until the message that holds it is acknowledged', () => {
  const ledger = createSentLedger(0)
  ledger.connectionOpened()
  ledger.contentSent('step2')
  ledger.changeMade()
  ledger.contentSent('update')
  ledger.acknowledge(1)
  expect(ledger.unsent()).toBe(1)
  ledger.acknowledge(2)
  expect(ledger.unsent()).toBe(0)
})

test('an update sent before the step 2 vouches for nothing made before it', () => {
  const ledger = createSentLedger(3)
  ledger.connectionOpened()
  ledger.changeMade()
  ledger.contentSent('update')
  ledger.acknowledge(1)
  expect(ledger.unsent()).toBe(4)
  ledger.contentSent('step2')
  ledger.acknowledge(2)
  expect(ledger.unsent()).toBe(0)
})

test('what was under way when the connection was lost is unsent again until the next step 2', () => {
  const ledger = createSentLedger(0)
  ledger.connectionOpened()
  ledger.contentSent('step2')
  ledger.changeMade()
  ledger.contentSent('update')
  ledger.connectionOpened()
  ledger.acknowledge(1)
  expect(ledger.unsent()).toBe(1)
  ledger.contentSent('step2')
  ledger.acknowledge(1)
  expect(ledger.unsent()).toBe(0)
})

test('an acknowledgement of more than was sent is not believed', () => {
  const ledger = createSentLedger(0)
  ledger.connectionOpened()
  ledger.contentSent('step2')
  ledger.changeMade()
  ledger.acknowledge(99)
  expect(ledger.unsent()).toBe(1)
})
