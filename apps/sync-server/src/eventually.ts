import { vi } from 'vitest'

/** Waits until an expectation of a test holds, as long as a busy machine may need for it. */
export const eventually = <T>(holds: () => T | Promise<T>): Promise<T> => vi.waitFor(holds, { timeout: 20_000 })
