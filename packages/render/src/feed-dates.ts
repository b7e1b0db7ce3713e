/** `Sun, 12 Apr 2026 08:30:00 GMT`: this one form of a date is the same on every machine, by the language's own definition. */
export const rfc2822 = (at: string): string => new Date(at).toUTCString()
