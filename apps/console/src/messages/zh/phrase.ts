/** A sentence that has no code: the English one with {name} where values stand, and the Chinese one. */
export type Phrase = readonly [english: string, chinese: string];
