import { describe, expect, it } from 'vitest';
import { createLog, loggableUrl } from '../src/log.ts';

const mobile = '13800001234';
const secret = 'a-secret-of-the-environment';

const lineOf = (facts: object, message = 'x'): string => {
  const lines: string[] = [];
  createLog({ level: 'info', secrets: [secret, 'quo"ted\\secret'] }, { write: (line) => void lines.push(line) }).info(
    facts,
    message,
  );
  expect(lines).toHaveLength(1);
  expect(() => JSON.parse(lines[0] ?? '')).not.toThrow();
  return lines[0] ?? '';
};

describe('a log line', () => {
  it.each<[string, object, string]>([
    ['a mobile number', { mobile }, mobile],
    ['a mobile number in a text', { text: `请打${mobile}，谢谢` }, mobile],
    ['a mobile number with its country', { text: `+86${mobile}` }, mobile],
    ['a mobile number as a number', { mobile: Number(mobile) }, mobile],
    ['a token header', { headers: { authorization: 'Bearer abc.def-ghi' } }, 'abc.def-ghi'],
    ['a token in an address', { url: 'https://q.example/cgi?access_token=AbCd1234&x=1' }, 'AbCd1234'],
    ['a robot key in an address', { url: 'https://q.example/webhook/send?key=6f2a-77' }, '6f2a-77'],
    [
      'a Telegram token in a path',
      { url: 'https://t.example/bot123456:AAF-abcdefghijklmnopqrstuvw/sendMessage' },
      'AAF-abcdef',
    ],
    ['the password of the database', { url: 'postgres://u:hunter2@db/x' }, 'hunter2'],
    ['a secret of the environment', { deep: { er: [secret] } }, secret],
    ['a secret that JSON writes otherwise', { text: 'quo"ted\\secret' }, 'ted'],
    [
      'what hangs on an error',
      { err: Object.assign(new Error('no'), { config: { headers: { token: 'sesame-open' } } }) },
      'sesame-open',
    ],
    [
      'a token in the cause of an error',
      { err: new Error('no', { cause: new Error('GET https://q.example/?access_token=AbCd1234') }) },
      'AbCd1234',
    ],
  ])('never holds %s', (_, facts, hidden) => {
    expect(lineOf(facts)).not.toContain(hidden);
    for (const fact of Object.values(facts)) expect(lineOf({}, String(fact))).not.toContain(hidden);
  });

  it('keeps what is no secret', () => {
    const at = 1_650_328_200_000;
    const facts = {
      at,
      ids: ['01963b2e-1380-7000-8123-13800001234a', '01963b2e-1380-7000-8123-a13800001234'],
      ms: 12.345,
    };
    expect(JSON.parse(lineOf(facts, 'delivered: 12:30'))).toMatchObject({
      level: 'info',
      ...facts,
      msg: 'delivered: 12:30',
    });
  });

  it('tells an error with its kind, code, stack and causes', () => {
    const error = new Error('outer', { cause: Object.assign(new TypeError('inner'), { code: 'ECONNRESET' }) });
    expect(JSON.parse(lineOf({ err: error })).err).toMatchObject({
      type: 'Error',
      message: 'outer',
      stack: expect.stringContaining('log.test.ts'),
      cause: { type: 'TypeError', message: 'inner', code: 'ECONNRESET' },
    });
  });
});

describe('an address in the log', () => {
  it.each([
    ['/api/v1/people?after=abc&limit=5', '/api/v1/people?after=abc&limit=5'],
    [
      '/callbacks/wecom/app?msg_signature=aa&timestamp=1&nonce=2&echostr=zz',
      '/callbacks/wecom/app?msg_signature=…&timestamp=…&nonce=…&echostr=…',
    ],
    ['/form/one-time-link?x', '/form/…?x=…'],
    ['/login/one-time-link', '/login/…'],
    ['/playground', '/playground'],
  ])('%s → %s', (url, shown) => {
    expect(loggableUrl(url)).toBe(shown);
  });
});
