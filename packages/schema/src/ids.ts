import { customAlphabet } from 'nanoid'
import { z } from 'zod'

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'

/**
 * A dispatch's id is also its room's name: 22 characters of 62, 131 random bits. Letters and digits only, so that no id
 * looks like an option on a command line.
 */
export const DispatchId = z
  .string()
  .regex(/^[A-Za-z0-9]{22}$/, 'expected 22 letters and digits')
  .brand<'DispatchId'>()
export type DispatchId = z.infer<typeof DispatchId>

/**
 * Ids inside one dispatch (blocks, speakers, sources). Importers give readable ones (`t1`), the desk random ones.
 * No ":" so that an id can stand in a text attribute's name (`cite:<id>`).
 */
export const LocalId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/, 'expected 1 to 40 letters, digits, "_" or "-"')
export type LocalId = z.infer<typeof LocalId>

const dispatchId = customAlphabet(ALPHABET, 22)
export const newDispatchId = (): DispatchId => dispatchId() as DispatchId

const localId = customAlphabet(ALPHABET, 14)
/** 14 characters of 62: 83 random bits, ample within one dispatch. */
export const newLocalId = (): LocalId => localId()
