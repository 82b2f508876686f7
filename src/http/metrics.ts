// What Prometheus reads at /metrics. Labels are platforms, kinds and outcomes, never people, chats or compounds.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  /** An event of a platform, and what came of it: answered, repeated, refused, failed … */
  inbound(channel: string, outcome: string): void;
  /** A delivery that reached a state: sent, retried, unknown, failed, expired. */
  delivery(channel: string, state: string): void;
  slotRun(kind: string, outcome: string): void;
  /** How much of a platform's monthly allowance is used. */
  allowance(channel: string, what: string, used: number, most: number): void;
  /** `route` is the pattern, not the address. */
  request(method: string, route: string, status: number, seconds: number): void;
  readonly contentType: string;
  text(): Promise<string>;
}

export const createMetrics = (): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const inbound = new Counter({
    name: 'dudao_inbound_events_total',
    help: 'Events that platforms delivered, by outcome',
    labelNames: ['channel', 'outcome'],
    registers,
  });
  const deliveries = new Counter({
    name: 'dudao_deliveries_total',
    help: 'Messages that reached a state',
    labelNames: ['channel', 'state'],
    registers,
  });
  const slots = new Counter({
    name: 'dudao_slot_runs_total',
    help: 'Slots of the schedule that were run',
    labelNames: ['kind', 'outcome'],
    registers,
  });
  const allowanceUsed = new Gauge({
    name: 'dudao_allowance_used',
    help: 'What a platform counts by the month, used so far',
    labelNames: ['channel', 'what'],
    registers,
  });
  const allowanceMost = new Gauge({
    name: 'dudao_allowance_most',
    help: 'What a platform allows in a month',
    labelNames: ['channel', 'what'],
    registers,
  });
  const requests = new Histogram({
    name: 'dudao_http_request_seconds',
    help: 'How long answering a request took',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 5],
    registers,
  });
  return {
    inbound: (channel, outcome) => inbound.inc({ channel, outcome }),
    delivery: (channel, state) => deliveries.inc({ channel, state }),
    slotRun: (kind, outcome) => slots.inc({ kind, outcome }),
    allowance(channel, what, used, most) {
      allowanceUsed.set({ channel, what }, used);
      allowanceMost.set({ channel, what }, most);
    },
    request: (method, route, status, seconds) => requests.observe({ method, route, status }, seconds),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
};
