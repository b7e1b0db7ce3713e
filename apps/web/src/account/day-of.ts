export const dayOf = (at: string): string => new Date(at).toLocaleDateString(undefined, { dateStyle: 'medium' })
