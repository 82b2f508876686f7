import { expect, it } from 'vitest';
import { newWebhookSecret, signatureHeaders } from '../../src/webhooks/signature.ts';

/** The vector of the libraries of Standard Webhooks. */
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const signature = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
const at = new Date(1_614_265_330_000);
const body = '{"test": 2432232314}';

it('signs as Standard Webhooks does', () => {
  expect(signatureHeaders({ secret, oldSecret: null, oldSecretUntil: null }, id, body, at)).toEqual({
    'webhook-id': id,
    'webhook-timestamp': '1614265330',
    'webhook-signature': signature,
  });
});

it('signs with the secret before too, until its time is over', () => {
  const changing = { secret: newWebhookSecret(), oldSecret: secret, oldSecretUntil: new Date(at.getTime() + 1) };
  const [mine, old] = signatureHeaders(changing, id, body, at)['webhook-signature']?.split(' ') ?? [];
  expect(mine).toMatch(/^v1,/);
  expect(old).toBe(signature);
  const over = signatureHeaders(changing, id, body, new Date(at.getTime() + 1));
  expect(over['webhook-signature']).not.toContain(' ');
});

it('makes secrets of 32 random bytes', () => {
  expect(newWebhookSecret()).toMatch(/^whsec_[\w+/]{43}=$/);
  expect(newWebhookSecret()).not.toBe(newWebhookSecret());
});
