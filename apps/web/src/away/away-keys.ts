export const NEXT_CHANGE_KEYS = 'Mod-Alt-n'
