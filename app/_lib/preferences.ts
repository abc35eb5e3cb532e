/** `dark` is ink paper with light print; `light` is the poster. */
export type Theme = 'dark' | 'light';

export const THEME_COOKIE = 'theme';

/** Devices whose card of controls was seen in this browser, with dots between them. */
export const CONTROLS_COOKIE = 'controls';

/** The theme that a cookie remembers; dark for everybody else, as an arcade is. */
export function themeOf(cookie: string | undefined): Theme {
  return cookie === 'light' ? 'light' : 'dark';
}
