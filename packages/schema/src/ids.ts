import { customAlphabet, nanoid } from 'nanoid'
import { z } from 'zod'

/** A dispatch's id is also its room's name and a capability-free secret: 22 characters of 64, 132 random bits. */
export const DispatchId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{22}$/, 'expected 22 characters of A-Z, a-z, 0-9, "_" and "-"')
  .brand<'DispatchId'>()
export type DispatchId = z.infer<typeof DispatchId>

/**
 * Ids inside one dispatch (blocks, speakers, sources). Importers give readable ones (`t1`), the desk random ones.
 * No ":" so that an id can stand in a text attribute's name (`cite:<id>`).
 */
export const LocalId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/, 'expected 1 to 40 letters, digits, "_" or "-"')
export type LocalId = z.infer<typeof LocalId>

export const newDispatchId = (): DispatchId => nanoid(22) as DispatchId

const alphanumeric = customAlphabet('0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', 14)
/** 14 characters of 62: 83 random bits, ample within one dispatch. */
export const newLocalId = (): LocalId => alphanumeric()
