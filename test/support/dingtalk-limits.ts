// The documented shape of what DingTalk's cards take (reference: dingtalk §4), as faults of one body. Shared by the server
// of the tests and by the golden renderings.

const fieldTypes = new Set([
  'TEXT',
  'TEXT_AREA',
  'TEXT_ARRAY',
  'NUMBER',
  'SWITCH',
  'SELECT',
  'MULTI_SELECT',
  'DATE',
  'TIME',
  'DATETIME',
  'CHECKBOX',
  'CHECKBOX_GROUP',
  'MULTI_CHECKBOX_GROUP',
]);

type Json = Record<string, unknown>;

/** Of a `cardParamMap`: every value is a string, and a form is one. */
export const formFaults = (map: Json): string[] => {
  const faults = Object.entries(map)
    .filter(([, value]) => typeof value !== 'string')
    .map(([name]) => `${name} is no string`);
  if (typeof map.form !== 'string') return faults;
  const { fields } = JSON.parse(map.form) as { fields?: Json[] };
  if (!Array.isArray(fields)) return [...faults, 'form has no fields'];
  const names = fields.map((field) => field.name);
  if (new Set(names).size !== names.length) faults.push('two fields of one name');
  if (Buffer.byteLength(map.form) > 60_000) faults.push('form is too long');
  for (const field of fields) {
    const { name, label, type, hidden, options, defaultValue } = field;
    if (typeof name !== 'string' || name === '') faults.push('a field without a name');
    if (!fieldTypes.has(String(type))) faults.push(`${String(name)}: no such type`);
    if (!hidden && (typeof label !== 'string' || label === '')) faults.push(`${String(name)} has no label`);
    if (!hidden && defaultValue !== undefined) faults.push(`${String(name)} is chosen beforehand`);
    const choosing = String(type).includes('GROUP') || String(type).includes('SELECT');
    if (choosing !== Array.isArray(options)) faults.push(`${String(name)}: options`);
    for (const option of (options ?? []) as Json[])
      if (typeof option.value !== 'string' || typeof option.text !== 'string' || option.text === '')
        faults.push(`${String(name)}: an option without value or text`);
  }
  return faults;
};

const mapOf = (data: unknown): Json => (data as { cardParamMap?: Json } | undefined)?.cardParamMap ?? {};

export const deliveryFaults = (body: Json): string[] => {
  const space = String(body.openSpaceId);
  const group = space.startsWith('dtv1.card//IM_GROUP.cid');
  const person = space.startsWith('dtv1.card//IM_ROBOT.');
  const model = (group ? body.imGroupOpenDeliverModel : body.imRobotOpenDeliverModel) as Json | undefined;
  const open = (group ? body.imGroupOpenSpaceModel : body.imRobotOpenSpaceModel) as Json | undefined;
  return [
    ...formFaults(mapOf(body.cardData)),
    ...(String(body.outTrackId).length <= 100 ? [] : ['outTrackId']),
    ...(['STREAM', 'HTTP'].includes(String(body.callbackType)) ? [] : ['callbackType']),
    ...(body.callbackType === 'HTTP' && !body.callbackRouteKey ? ['callbackRouteKey'] : []),
    ...(group || person ? [] : ['openSpaceId']),
    ...(model?.robotCode ? [] : ['openDeliverModel']),
    ...(person && model?.spaceType !== 'IM_ROBOT' ? ['spaceType'] : []),
    ...(typeof open?.supportForward === 'boolean' ? [] : ['supportForward']),
  ];
};

export const updateFaults = (body: Json): string[] => {
  const own = Object.values((body.privateData ?? {}) as Record<string, unknown>);
  return [
    ...formFaults(mapOf(body.cardData)),
    ...own.flatMap((data) => formFaults(mapOf(data))),
    ...(body.cardData || own.length > 0 ? [] : ['cardDataAndPrivateDataBothEmpty']),
  ];
};
