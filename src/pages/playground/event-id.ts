// Ids for what the person does, so that the same press sent twice counts once. `crypto.randomUUID` is missing over plain
// http and in old web views.

export const newEventId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
