export const HISTORY_KEYS = 'Mod-Alt-y'
