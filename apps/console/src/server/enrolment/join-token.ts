import { createHash, randomBytes } from 'node:crypto';

export const TOKEN_MINUTES = 15;

/** 128 random bits, safe in a shell word. */
export const newJoinToken = () => randomBytes(16).toString('base64url');

/** What is stored of a token. A plain hash is enough: 128 random bits cannot be guessed from it. */
export const joinTokenHash = (token: string) => createHash('sha256').update(token).digest('hex');

export const joinTokenExpiry = (now: Date) => new Date(now.getTime() + TOKEN_MINUTES * 60_000);
