import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits that fit in a URL, a header and a cookie. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** What is stored instead of a secret; secrets are long and random, so no salt and no slow hash. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex')
