/**
 * How long after a change, in milliseconds, ZITADEL's read side has surely caught up: what is read then can be believed.
 * Measured on a running one: up to 0.3 s.
 */
export const readSideDelay = 1_500;
