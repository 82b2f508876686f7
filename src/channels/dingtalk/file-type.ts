// What a file of a message is: DingTalk calls each of them `.file` and knows no type, their first bytes do. Pure.

const magics: readonly (readonly [start: string, type: string, extension: string])[] = [
  ['89504e47', 'image/png', 'png'],
  ['ffd8ff', 'image/jpeg', 'jpg'],
  ['47494638', 'image/gif', 'gif'],
  ['424d', 'image/bmp', 'bmp'],
];

/** `name` keeps its extension; one without gets that of its type. */
export const typeOf = (
  bytes: Uint8Array,
  name: string,
  said: string,
): { readonly name: string; readonly type: string } => {
  const start = Buffer.from(bytes.subarray(0, 8)).toString('hex');
  const [, type, extension] = magics.find(([magic]) => start.startsWith(magic)) ?? [];
  if (type === undefined) return { name, type: said === '' ? 'application/octet-stream' : said };
  return { name: name.includes('.') ? name : `${name}.${extension}`, type };
};
