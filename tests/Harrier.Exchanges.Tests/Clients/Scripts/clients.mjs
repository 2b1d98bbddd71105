// The clients as their users configure them: keys, addresses and documented options, nothing else.
import ccxt from 'ccxt';
import binance from 'binance';
import bybit from 'bybit-api';

export const settings = JSON.parse(process.argv[2]);

// The text "/stream" in the address is how ccxt tells the spot stream host from others; the dots take it away again before connecting.
export function ccxtClient(kind) {
  return settings.venue === 'bybit' ? ccxtBybit(kind) : ccxtBinance(kind);
}

function ccxtBybit(kind) {
  const { rest, ws, key, secret } = settings;
  const client = new ccxt.pro.bybit({
    apiKey: key, secret, enableRateLimit: false, options: { defaultType: kind === 'linear' ? 'swap' : 'spot', recvWindow: 10000 },
  });
  const { api } = client.urls;
  Object.assign(api, { spot: rest, futures: rest, v2: rest, public: rest, private: rest });
  const own = `${ws}/v5/private`;
  api.ws.public = { spot: `${ws}/v5/public/spot`, linear: `${ws}/v5/public/linear`, inverse: `${ws}/v5/public/inverse`, option: `${ws}/v5/public/option` };
  api.ws.private = { spot: { unified: own, nonUnified: own }, contract: own, usdc: own, trade: `${ws}/v5/trade` };
  return client;
}

function ccxtBinance(kind) {
  const { rest, ws, key, secret } = settings;
  const futures = kind === 'linear';
  const client = new (futures ? ccxt.pro.binanceusdm : ccxt.pro.binance)({
    apiKey: key,
    secret,
    enableRateLimit: false,
    options: { fetchMarkets: { types: [futures ? 'linear' : 'spot'] }, fetchCurrencies: !futures, recvWindow: 10000 },
  });
  const api = client.urls.api;
  Object.assign(api, {
    public: `${rest}/api/v3`, private: `${rest}/api/v3`, v1: `${rest}/api/v1`,
    sapi: `${rest}/sapi/v1`, sapiV2: `${rest}/sapi/v2`, sapiV3: `${rest}/sapi/v3`, sapiV4: `${rest}/sapi/v4`,
    fapiPublic: `${rest}/fapi/v1`, fapiPublicV2: `${rest}/fapi/v2`, fapiPublicV3: `${rest}/fapi/v3`,
    fapiPrivate: `${rest}/fapi/v1`, fapiPrivateV2: `${rest}/fapi/v2`, fapiPrivateV3: `${rest}/fapi/v3`, fapiData: `${rest}/futures/data`,
  });
  Object.assign(api.ws, {
    spot: `${ws}/stream/../ws`, margin: `${ws}/stream/../ws`, future: `${ws}/ws`,
    'ws-api': { spot: `${ws}/ws-api/v3`, future: `${ws}/ws-fapi/v1`, delivery: `${ws}/ws-dapi/v1` },
  });
  return client;
}

export function restClient(kind) {
  const Client = kind === 'linear' ? binance.USDMClient : binance.MainClient;
  return new Client({ api_key: settings.key, api_secret: settings.secret, baseUrl: settings.rest, strictParamValidation: true });
}

export function socketClient() {
  const quiet = { trace() {}, info() {}, error: console.error };
  return new binance.WebsocketClient(
    { api_key: settings.key, api_secret: settings.secret, wsUrl: settings.ws, beautify: false, restOptions: { baseUrl: settings.rest } }, quiet);
}

export function socketApi() {
  return new binance.WebsocketAPIClient(
    { api_key: settings.key, api_secret: settings.secret, wsUrl: settings.ws, attachEventListeners: false }, { trace() {}, info() {}, error: console.error });
}

const bybitQuiet = { trace() {}, info() {}, error: console.error };

export function bybitRest() {
  return new bybit.RestClientV5({ key: settings.key, secret: settings.secret, baseUrl: settings.rest, recv_window: 10000, throwExceptions: true });
}

// One address serves one kind of socket: the client has one address for all of them.
export function bybitSocket(path) {
  return new bybit.WebsocketClient({ key: settings.key, secret: settings.secret, market: 'v5', wsUrl: `${settings.ws}${path}`, restOptions: { baseUrl: settings.rest } }, bybitQuiet);
}

// mulberry32: the same seed gives the same operations.
export function randomness(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return { next, below: n => Math.floor(next() * n), pick: list => list[Math.floor(next() * list.length)] };
}

// Waits for a state that streams bring about; gives up with what was missing.
export async function until(what, isSo, limitMs = 20000) {
  const end = Date.now() + limitMs;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`never happened: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

// No client says when a private stream is subscribed, and a stream tells nothing of before: orders of another symbol go ahead until one is heard whole.
export async function untilHeard(place, isHeard) {
  for (let i = 0; i < 40; i++) {
    const id = await place(i % 2 === 0);
    if (await until('the probe', () => isHeard(id), 500).then(() => true, () => false)) return;
  }
  throw new Error('the private streams never told of an order');
}

export function check(condition, what) {
  if (!condition) throw new Error(`wrong: ${what}`);
}

// Asks the test for something that a client cannot do, such as "pause": the market makers stop.
export function ask(word) {
  process.stdout.write(`#${word}\n`);
}

// Runs a watch loop until its client is closed; what arrives is kept by the client itself.
export function keep(watch, onUpdate = () => {}) {
  const loop = { isOn: true, error: null };
  (async () => {
    while (loop.isOn) {
      try {
        onUpdate(await watch());
      } catch (error) {
        if (loop.isOn) loop.error = error;
        return;
      }
    }
  })();
  return loop;
}

export function finish(result) {
  process.stdout.write(`\n${JSON.stringify(result)}\n`, () => process.exit(0));
}
